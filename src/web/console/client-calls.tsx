import type { NamedCall } from '../../bookings/read-calls.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { untilText } from '../components/words.ts'

const callMarks: Readonly<Record<NamedCall['state'], string>> = {
  none: 'not booked yet',
  booked: 'booked',
  held: 'took place',
  missed: 'did not come'
}

/** The private calls that a request waits for. */
export const Calls = ({
  booking,
  calls,
  zone
}: {
  booking: BookingView
  calls: readonly NamedCall[]
  zone: string
}) => (
  <div class="note">
    <h3 safe>{`Before a yes to ${timesOf(booking.appointments)
      .slice(0, 1)
      .map(({ start }) => untilText(start, zone))
      .join('')}: a private call with each`}</h3>
    <ul>
      {calls.map(({ name, state, at }) => (
        <li safe>{`${name || 'No name given'}: ${callMarks[state]}${at ? `, ${untilText(at, zone)}` : ''}`}</li>
      ))}
    </ul>
    <p class="small quiet">
      Who does not want the call, or does not come, leaves this open. Declining reads the same to both.
    </p>
  </div>
)
