import type { DateTime } from 'luxon'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'

/** A new time that waits for a yes: the client's, or the practice's. */
export const Suggested = ({ frame, booking }: { frame: Frame; booking: Shown }) => {
  const { suggestion, zone } = booking
  if (!suggestion) return ''
  const action = `/b/${booking.id}/move-answer`
  const hidden = <input type="hidden" name="appointment" value={suggestion.appointment} />
  if (!suggestion.own && !suggestion.asked) return ''
  return suggestion.asked ? (
    <section class="card" aria-labelledby="suggested">
      <h2 id="suggested">Would another time suit you?</h2>
      <p
        safe
      >{`${suggestion.by === 'practice' ? 'We would like to suggest' : 'The suggestion is'} ${untilText(suggestion.start, zone)} instead. ${stays(suggestion.expiresAt, zone)}`}</p>
      {!!suggestion.policy && <p class="quiet small" safe>{`If you cancel once it is moved: ${suggestion.policy}`}</p>}
      <Post frame={frame} action={action} class="actions">
        {hidden}
        <button type="submit" name="answer" value="accept">
          Yes, move it
        </button>
        <button type="submit" name="answer" value="decline">
          No, leave it
        </button>
      </Post>
    </section>
  ) : (
    <section class="card" aria-labelledby="suggested">
      <h2 id="suggested">You asked for another time</h2>
      <p safe>{`${untilText(suggestion.start, zone)}. ${stays(suggestion.expiresAt, zone)}`}</p>
      <Post frame={frame} action={action}>
        {hidden}
        <button class="link" type="submit" name="answer" value="decline">
          Take it back
        </button>
      </Post>
    </section>
  )
}

function stays(until: DateTime, zone: string): string {
  return `Without an answer by ${untilText(until, zone)} the appointment stays as it is.`
}
