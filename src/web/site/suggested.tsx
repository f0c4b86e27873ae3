import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Starts } from '../components/starts.tsx'
import { untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'

/** A new time that waits for a yes: the client's, or the practice's. */
export const Suggested = ({ frame, booking }: { frame: Frame; booking: Shown }) => {
  const { suggestion, zone } = booking
  if (!suggestion) return ''
  const action = `/b/${booking.id}/move-answer`
  const { starts } = suggestion
  const several = starts.length > 1
  const first = starts.slice(0, 1).map(start => untilText(start, zone))
  const stays = `Without an answer by ${untilText(suggestion.expiresAt, zone)} ${several ? 'everything' : 'the appointment'} stays as it is.`
  const hidden = <input type="hidden" name="appointment" value={suggestion.appointment} />
  if (!suggestion.own && !suggestion.asked) return ''
  return suggestion.asked ? (
    <section class="card" aria-labelledby="suggested">
      <h2 id="suggested">{several ? 'Would other times suit you?' : 'Would another time suit you?'}</h2>
      <p safe>
        {`${suggestion.by === 'practice' ? 'We would like to suggest' : 'The suggestion is'} ${several ? 'these times' : first} instead. ${stays}`}
      </p>
      {several && <Starts starts={starts} zone={zone} />}
      {!!suggestion.policy && <p class="quiet small" safe>{`If you cancel once it is moved: ${suggestion.policy}`}</p>}
      <Post frame={frame} action={action} class="actions">
        {hidden}
        <button type="submit" name="answer" value="accept">
          {several ? 'Yes, move all of them' : 'Yes, move it'}
        </button>
        <button type="submit" name="answer" value="decline">
          {several ? 'No, leave them' : 'No, leave it'}
        </button>
      </Post>
    </section>
  ) : (
    <section class="card" aria-labelledby="suggested">
      <h2 id="suggested">{several ? 'You asked for other times' : 'You asked for another time'}</h2>
      <p safe>{several ? stays : `${first}. ${stays}`}</p>
      {several && <Starts starts={starts} zone={zone} />}
      <Post frame={frame} action={action}>
        {hidden}
        <button class="link" type="submit" name="answer" value="decline">
          Take it back
        </button>
      </Post>
    </section>
  )
}
