import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Starts } from '../components/starts.tsx'
import { untilText } from '../components/words.ts'
import type { StaffBooking } from './staff-booking.ts'

/** New times that wait for an answer, to staff. */
export const SuggestedToStaff = ({
  frame,
  booking: { booking },
  suggestion: { appointmentId, starts, by, own, asked, expiresAt },
  zone
}: {
  frame: Frame
  booking: StaffBooking
  suggestion: NonNullable<StaffBooking['suggestion']>
  zone: string
}) => (
  <section class="card" aria-labelledby="suggested">
    <h2 id="suggested" safe>
      {`${by === 'client' ? 'The client asks for' : 'You suggested'} ${starts.length > 1 ? 'other times' : 'another time'}`}
    </h2>
    <Starts starts={starts} zone={zone} />
    <p safe>{`Without an answer by ${untilText(expiresAt, zone)} everything stays as it is.`}</p>
    {own || asked ? (
      <Post frame={frame} action={`/console/bookings/${booking}/move-answer`} class="actions">
        <input type="hidden" name="appointment" value={appointmentId} />
        {asked && (
          <button type="submit" name="answer" value="accept">
            {starts.length > 1 ? 'Move all of them' : 'Move it'}
          </button>
        )}
        <button class="plain" type="submit" name="answer" value="decline">
          {asked ? 'Leave as it is' : 'Take it back'}
        </button>
      </Post>
    ) : (
      <p class="quiet">It waits for the other of them.</p>
    )}
  </section>
)
