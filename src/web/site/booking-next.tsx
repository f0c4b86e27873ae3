import type { Faults } from '../components/fields.tsx'
import { Check } from '../components/icons.tsx'
import type { Frame } from '../components/layout.tsx'
import { untilText } from '../components/words.ts'
import type { Shown } from './booking.tsx'
import { GiveBack, KeptByMail, ToConfirm, ToPay } from './booking-held.tsx'
import { timesAddress } from './times-address.ts'

interface Props {
  frame: Frame
  booking: Shown
  faults: Faults
}

/** What state the booking is in, and the one next step. */
export const BookingNext = ({ frame, booking, faults }: Props): JSX.Element => {
  const { state, payment } = booking
  if (state === 'confirmed' || state === 'completed') return <Confirmed />
  if (state === 'requested') return <Requested frame={frame} booking={booking} />
  if (state === 'releasing')
    return <Settling booking={booking} sentence="We are asking whether the payment went through." />
  if (state !== 'held') return <Over booking={booking} />
  if (booking.timeOnly) return <KeptByMail booking={booking} />
  if (payment === 'settling') return <Settling booking={booking} sentence="Your payment is on its way to us." />
  return payment === 'due' ? (
    <ToPay frame={frame} booking={booking} />
  ) : (
    <ToConfirm frame={frame} booking={booking} faults={faults} />
  )
}

const Confirmed = () => (
  <section>
    <p class="done">
      <Check />
    </p>
    <h1>Your appointment is confirmed</h1>
    <p class="lede">We have sent you a mail with the date and the time.</p>
  </section>
)

const Requested = ({ frame, booking }: { frame: Frame; booking: Shown }) => (
  <section>
    <h1>We are keeping this time for you</h1>
    <p class="lede" safe>
      {booking.answerBy
        ? `You will hear from us by ${untilText(booking.answerBy, booking.zone)}. Until then nothing is charged.`
        : `You will hear from us within ${frame.replyWithin}. Until then nothing is charged.`}
    </p>
    <GiveBack frame={frame} booking={booking} />
  </section>
)

/** Asks again by itself where JavaScript runs; else by the link. */
const Settling = ({ booking, sentence }: { booking: Shown; sentence: string }) => (
  <section
    role="status"
    hx-get={`/b/${booking.id}`}
    hx-trigger="every 3s"
    hx-target="#booking"
    hx-select="#booking"
    hx-swap="outerHTML"
  >
    <h1>One moment</h1>
    <p class="lede" safe>
      {sentence}
    </p>
    <p>
      This takes some seconds. <a href={`/b/${booking.id}`}>Look again</a>
    </p>
  </section>
)

const endings = {
  expired: 'This time was not confirmed and is free again. Nothing was charged.',
  declined:
    'Thank you for your time. We do not think this form is the right one at present, and would rather say so now than later. Nothing was charged.',
  cancelled: 'This appointment will not take place.',
  no_show: 'This appointment is over.'
} as const

/** Of a payment that came to light when the time was free again. */
const paidTooLate =
  'Your payment reached us after this time was free again. It goes back in full; how soon you see it is up to your bank.'

const Over = ({ booking: { state, slug, zone, cancelled, payment } }: { booking: Shown }) => (
  <section>
    <h1>This appointment will not take place</h1>
    {cancelled ? (
      <Back cancelled={cancelled} confirmed={state === 'cancelled'} />
    ) : (
      <p class="lede">
        {state === 'expired' && payment === 'paid'
          ? paidTooLate
          : (endings[state as keyof typeof endings] ?? endings.cancelled)}
      </p>
    )}
    <p class="actions">
      <a class="button" href={slug ? timesAddress(slug, { zone }) : '/'}>
        Other times
      </a>
      <a class="button plain" href="/contact">
        Ask us
      </a>
    </p>
  </section>
)

/** What a cancellation means for the money, in exact sums; of what was never confirmed, that it was given back. */
const Back = ({
  cancelled: { by, refund, fee },
  confirmed
}: {
  cancelled: NonNullable<Shown['cancelled']>
  confirmed: boolean
}) => (
  <p class="lede" safe>
    {[
      confirmed ? backWords[by] : givenBackWords[by],
      refund && `${refund} goes back to the card with which it was paid; banks take some days to show it.`,
      fee && `${fee} is kept, as was shown before.`,
      !confirmed && !refund && 'Nothing was charged.'
    ]
      .filter(Boolean)
      .join(' ')}
  </p>
)

const backWords = { practice: 'We are sorry that we had to cancel it.', client: 'It is cancelled, as you asked.' }
const givenBackWords = {
  practice: 'This time was not confirmed and is free again.',
  client: 'It is withdrawn, as you asked, and the time is free again.'
}
