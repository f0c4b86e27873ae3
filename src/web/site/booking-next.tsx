import type { Faults } from '../components/fields.tsx'
import { Check } from '../components/icons.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText, untilText } from '../components/words.ts'
import { AnswerButtons } from './answer-buttons.tsx'
import { GiveBack, KeptByMail, ToConfirm, ToPay } from './booking-held.tsx'
import { Over } from './booking-over.tsx'
import type { Shown } from './shown.ts'

interface Props {
  frame: Frame
  booking: Shown
  faults: Faults
}

/** What state the booking is in, and the one next step. */
export const BookingNext = ({ frame, booking, faults }: Props): JSX.Element => {
  const { state, payment, appointments } = booking
  if (rests(booking)) return <Pausing />
  if (state === 'confirmed' || state === 'completed')
    return <Confirmed several={appointments.filter(({ off }) => !off).length > 1} />
  if (state === 'requested' && booking.awaitsCode && !booking.timeOnly)
    return <ToConfirm frame={frame} booking={booking} faults={faults} />
  if (state === 'requested' && booking.standing === 'asked') return <Asked frame={frame} booking={booking} />
  if (state === 'requested') return <Requested frame={frame} booking={booking} />
  if (booking.standing === 'member' && (state === 'held' || state === 'releasing')) return <Noted />
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

/** All that is left of it pauses: there is no time that could be told. */
export function rests({ paused, appointments }: Pick<Shown, 'paused' | 'appointments'>): boolean {
  return paused && !appointments.some(({ ahead }) => ahead)
}

const Pausing = () => (
  <section>
    <h1>Your appointments pause</h1>
    <p class="lede">Nothing takes place until you go on.</p>
  </section>
)

const Confirmed = ({ several }: { several: boolean }) => (
  <section>
    <p class="done">
      <Check />
    </p>
    <h1>{several ? 'Your appointments are confirmed' : 'Your appointment is confirmed'}</h1>
    <p class="lede">We have sent you a mail with {several ? 'the dates and the times' : 'the date and the time'}.</p>
  </section>
)

const Requested = ({ frame, booking }: { frame: Frame; booking: Shown }) => (
  <section>
    <h1>We are keeping this time for you</h1>
    <p class="lede" safe>
      {[
        booking.answerBy
          ? `You will hear from us by ${untilText(booking.answerBy, booking.zone)}.`
          : 'You will hear from us when it can be confirmed, or if it cannot.',
        booking.standing === 'booker' && 'Until then nothing is charged.'
      ]
        .filter(Boolean)
        .join(' ')}
    </p>
    <GiveBack frame={frame} booking={booking} />
  </section>
)

/** For the other of two, who has said yes: what is still missing is not theirs to know. */
const Noted = () => (
  <section>
    <h1>We are keeping this time for you</h1>
    <p class="lede">You have said yes. We write to you when it is confirmed, or if it is not.</p>
  </section>
)

/** For the other member, who is asked whether it suits them. */
const Asked = ({ frame, booking }: { frame: Frame; booking: Shown }) => (
  <section>
    <h1>A time was suggested</h1>
    {booking.appointments.map(({ start, end }) => (
      <p class="lede" safe>{`${rangeText(start, end, booking.zone)}.`}</p>
    ))}
    <p class="lede">It takes place only if it suits you.</p>
    {booking.timeOnly ? (
      <p>You answer it after you have signed in, below.</p>
    ) : (
      <Post frame={frame} action={`/b/${booking.id}/acceptance`}>
        <AnswerButtons />
      </Post>
    )}
    <p class="quiet">You need not give a reason, and none is asked.</p>
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
