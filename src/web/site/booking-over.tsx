import { untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'
import { timesAddress } from './times-address.ts'

const endings = {
  expired: 'This time was not confirmed and is free again. Nothing was charged.',
  declined:
    'Thank you for your time. We do not think this form is the right one at present, and would rather say so now than later. Nothing was charged.',
  cancelled: 'This appointment will not take place.',
  no_show: 'This appointment is over.'
} as const

/** The other of two is told nothing of payments. */
function endingOf(state: Shown['state'], standing: Shown['standing']): string {
  const ending = endings[state as keyof typeof endings] ?? endings.cancelled
  return standing === 'booker' ? ending : ending.replace(' Nothing was charged.', '')
}

/** Of a payment that came to light when the time was free again. */
const paidTooLate =
  'Your payment reached us after this time was free again. It goes back in full; how soon you see it is up to your bank.'

/** It will not take place: what came of it, and where other times are. */
export const Over = ({ booking: { state, slug, zone, cancelled, payment, standing } }: { booking: Shown }) => (
  <section>
    <h1>This appointment will not take place</h1>
    {cancelled ? (
      <Back cancelled={cancelled} zone={zone} standing={standing} confirmed={state === 'cancelled'} />
    ) : (
      <p class="lede" safe>
        {state === 'expired' && payment === 'paid' ? paidTooLate : endingOf(state, standing)}
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
  cancelled: { by, own, refund, fee, decideBy },
  zone,
  standing,
  confirmed
}: {
  cancelled: NonNullable<Shown['cancelled']>
  zone: string
  standing: Shown['standing']
  confirmed: boolean
}) => (
  <p class="lede" safe>
    {[
      confirmed ? backWords[own ? by : by === 'client' ? 'other' : by] : givenBackWords[own ? by : 'practice'],
      refund && `${refund} goes back to the card with which it was paid; banks take some days to show it.`,
      fee &&
        (decideBy
          ? `About ${fee} the practice decides by ${untilText(decideBy, zone)}. If it says nothing, it goes back to you as well.`
          : own
            ? `${fee} is kept, as was shown before.`
            : `${fee} is kept, by the terms that you agreed to.`),
      !confirmed && !refund && standing === 'booker' && 'Nothing was charged.'
    ]
      .filter(Boolean)
      .join(' ')}
  </p>
)

const backWords = {
  practice: 'We are sorry that we had to cancel it.',
  client: 'It is cancelled, as you asked.',
  other: 'There is nothing for you to do.'
}
const givenBackWords = {
  practice: 'This time was not confirmed and is free again.',
  client: 'It is withdrawn, as you asked, and the time is free again.'
}
