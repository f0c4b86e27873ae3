import type { DateTime } from 'luxon'
import { ArrowLeft } from '../components/icons.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText } from '../components/words.ts'
import { Portal } from './portal.tsx'

interface Props {
  frame: Frame
  id: string
  ahead: readonly { start: DateTime; end: DateTime }[]
  /** A series that pauses does not go on. */
  pausing: boolean
  /** Steps that wait for a time get none. */
  waiting: boolean
  ended: boolean
  zone: string
}

/** Leaving what two are together: what it means first, then one click. */
export const Leaving = ({ frame, id, ahead, pausing, waiting, ended, zone }: Props) => (
  <Portal frame={frame} here="/me/start">
    <section>
      <a class="back" href="/me/start">
        <ArrowLeft /> Beginning together
      </a>
      <h1>{ended ? 'This has ended' : 'End this?'}</h1>
    </section>
    <section class="card" aria-label="What it means">
      <p>From now on you belong to this only in the past. What you did alone stays yours.</p>
      {ahead.length > 0 && (
        <>
          <p>These joint appointments will not take place:</p>
          <ul>
            {ahead.map(({ start, end }) => (
              <li class="figures" safe>
                {rangeText(start, end, zone)}
              </li>
            ))}
          </ul>
        </>
      )}
      {pausing && <p>Your regular hour, which pauses, does not go on. What is paid for it and not used comes back.</p>}
      {waiting && <p>What still waits for a time will not take place either.</p>}
      {(pausing || waiting || ahead.length > 0) && <p>The other gets a short note without your name or a reason.</p>}
      {!ended && (
        <Post frame={frame} action={`/me/leaving/${id}`} class="actions">
          <button class="plain" type="submit">
            End it
          </button>
          <a class="button plain" href="/me/start">
            Leave it as it is
          </a>
        </Post>
      )}
    </section>
  </Portal>
)
