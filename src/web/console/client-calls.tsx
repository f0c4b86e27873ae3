import type { DateTime } from 'luxon'
import { areHeld } from '../../bookings/calls.ts'
import type { NamedCall } from '../../bookings/read-calls.ts'
import { untilText } from '../components/words.ts'

const callMarks: Readonly<Record<NamedCall['state'], string>> = {
  none: 'not booked yet',
  booked: 'booked',
  held: 'took place',
  missed: 'did not come'
}

/** How far each call is: `Jo Example: took place, Tue 2 Feb, 10:00 EST`. */
export function callTexts(calls: readonly NamedCall[], zone: string): string[] {
  const known = calls.map(
    ({ name, state, at }) => `${name || 'No name given'}: ${callMarks[state]}${at ? `, ${untilText(at, zone)}` : ''}`
  )
  return calls.length === 1 ? [...known, 'The other of the two: not known yet'] : known
}

/** The private calls that a request waits for. */
export const Calls = ({
  start,
  calls,
  zone
}: {
  /** When what waits for them would begin. */
  start: DateTime
  calls: readonly NamedCall[]
  zone: string
}) => (
  <div class="note">
    <h3 safe>
      {areHeld(calls)
        ? 'Each of them had a private call'
        : `Before a yes to ${untilText(start, zone)}: a private call with each`}
    </h3>
    <ul>
      {callTexts(calls, zone).map(text => (
        <li safe>{text}</li>
      ))}
    </ul>
    {!areHeld(calls) && (
      <p class="small quiet">
        Who does not want the call, or does not come, leaves this open. Declining reads the same to both.
      </p>
    )}
  </div>
)
