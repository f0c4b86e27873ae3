import type { DateTime } from 'luxon'
import type { OwnPlace } from '../../bookings/own-places.ts'
import { dayText } from '../../notices/wording.ts'
import { Tick } from '../components/fields.tsx'
import { ArrowRight } from '../components/icons.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText } from '../components/words.ts'
import { Fault, Portal } from './portal.tsx'
import { WaitedFor } from './waited-for.tsx'

/** One of a person's own bookings, in a line. */
export interface Line {
  id: string
  start: DateTime
  end: DateTime
  /** What it is, in the practice's words. */
  name: string
  /** What it waits for, or what came of it. */
  state: string | undefined
  changeable: boolean
}

interface Props {
  frame: Frame
  name: string | undefined
  zone: string
  ahead: readonly Line[]
  past: readonly Line[]
  /** Dates that they wait for. */
  places: readonly OwnPlace[]
  found: readonly { id: string; start: DateTime; end: DateTime }[]
  fault: string | undefined
}

/** What is ahead, what was, and what else was booked with this address. */
export const Home = ({ frame, name, zone, ahead, past, places, found, fault }: Props) => (
  <Portal frame={frame} here="/me">
    <section>
      <h1>Your appointments</h1>
      {!!name && <p class="lede" safe>{`Hello, ${name}.`}</p>}
      <Fault fault={fault} />
      {ahead.length > 0 ? (
        <ul class="types spread">
          {ahead.map(line => (
            <Entry line={line} zone={zone} />
          ))}
        </ul>
      ) : (
        <p>Nothing is ahead.</p>
      )}
      <p class="actions">
        <a class="button" href="/me/times">
          Book a time <ArrowRight />
        </a>
      </p>
      <p class="small">
        <a href="/me/possible-times">Times that would suit you</a>
      </p>
    </section>
    {places.length > 0 && <WaitedFor places={places} zone={zone} />}
    {found.length > 0 && <Found frame={frame} found={found} zone={zone} />}
    {past.length > 0 && (
      <section aria-labelledby="past">
        <h2 id="past">Before</h2>
        <ul class="types spread">
          {past.map(line => (
            <Entry line={line} zone={zone} />
          ))}
        </ul>
      </section>
    )}
  </Portal>
)

const Entry = ({ line, zone }: { line: Line; zone: string }) => {
  const { id, start, end, name, state, changeable } = line
  const day = dayText(start.setZone(zone))
  return (
    <li>
      <p>
        <strong safe>{rangeText(start, end, zone)}</strong>
        <span class="small" safe>
          {[name, state].filter(Boolean).join(' · ')}
        </span>
      </p>
      <div class="doings small">
        <a href={`/b/${id}`}>
          Open<span class="unseen" safe>{`: ${day}`}</span>
        </a>
        {changeable && (
          <>
            <a href={`/b/${id}/move`}>
              Change the time<span class="unseen" safe>{`: ${day}`}</span>
            </a>
            <a href={`/b/${id}/cancellation`}>
              Cancel<span class="unseen" safe>{`: ${day}`}</span>
            </a>
          </>
        )}
      </div>
    </li>
  )
}

const Found = ({ frame, found, zone }: Pick<Props, 'frame' | 'found' | 'zone'>) => (
  <section class="card" aria-labelledby="found">
    <h2 id="found">Booked or asked for with this address</h2>
    <p>
      These were booked or asked for with your address, without signing in. Say which are yours: what is booked you then
      see and change here, and of what was wished for we write to you. What you leave out stays as it is.
    </p>
    <Post frame={frame} action="/me/found">
      {found.map(({ id, start, end }) => (
        <Tick name="booking" id={`found-${id}`} value={id}>
          <span safe>{rangeText(start, end, zone)}</span>
        </Tick>
      ))}
      <p class="actions">
        <button type="submit">These are mine</button>
      </p>
    </Post>
  </section>
)
