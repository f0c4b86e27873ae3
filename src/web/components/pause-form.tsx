import type { DateTime } from 'luxon'
import { Field } from './fields.tsx'
import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'
import { rangeText } from './words.ts'

interface Props {
  frame: Frame
  /** The booking's own page; the pause is asked for beneath it. */
  back: string
  /** The first day of the pause, `YYYY-MM-DD`. */
  from: string
  appointments: readonly { startsAt: DateTime; endsAt: DateTime }[]
  zone: string
}

/** From which day on a series pauses, and what that takes out. */
export const PauseForm = ({ frame, back, from, appointments, zone }: Props) => (
  <div class="card stack">
    <form method="get" action={`${back}/pause`}>
      <Field name="from" label="From which day on" type="date" value={from} />
      <button class="plain" type="submit">
        Show what pauses
      </button>
    </form>
    {appointments.length > 0 ? (
      <>
        <p>These will not take place for now. Their hours are free for others meanwhile:</p>
        <ul class="dates figures">
          {appointments.map(({ startsAt, endsAt }) => (
            <li safe>{rangeText(startsAt, endsAt, zone)}</li>
          ))}
        </ul>
        <p class="quiet small">
          Nothing is charged and nothing goes back. When you go on, as many times follow, at an hour that is free then.
        </p>
        <Post frame={frame} action={`${back}/pause`}>
          <input type="hidden" name="from" value={from} />
          <p class="actions">
            <button type="submit">Pause</button>
            <a class="button plain" href={back}>
              Leave it as it is
            </a>
          </p>
        </Post>
      </>
    ) : (
      <p>Nothing can pause from that day on: what is near is skipped or cancelled by itself.</p>
    )}
  </div>
)
