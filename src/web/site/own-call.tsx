import { untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'
import { timesAddress } from './times-address.ts'

type Own = NonNullable<Shown['call']>

/** The private call that a request waits for, to whoever is to have it: how far their own is, and nothing of the other's. */
export const OwnCall = ({ call, zone }: { call: Own; zone: string }) => (
  <section class="card wash" aria-labelledby="call">
    <h2 id="call">A private call with each of you</h2>
    <p>
      Before we answer, we speak with each of the two alone. Each books their own call; neither is told of the other’s,
      nor of what was said.
    </p>
    <p>
      <strong safe>{stateText(call, zone)}</strong>
    </p>
    {(call.state === 'none' || call.state === 'missed') && (
      <p>
        <a class="button plain" href={call.slug ? timesAddress(call.slug, { zone }) : '/contact'}>
          {call.slug ? 'Times for a call' : 'Ask us for a time'}
        </a>
      </p>
    )}
  </section>
)

function stateText({ state, at }: Own, zone: string): string {
  const when = at ? untilText(at, zone) : ''
  return {
    none: 'Yours is not booked yet.',
    booked: `Yours is booked: ${when}.`,
    held: 'Yours took place.',
    missed: `Yours did not take place on ${when}. You can book another.`
  }[state]
}
