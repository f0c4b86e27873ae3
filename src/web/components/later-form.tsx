import type { Children } from '@kitajs/html'
import { DateTime } from 'luxon'
import type { LaterRow } from '../../bookings/later.ts'
import { isoUtc } from '../../kernel/time.ts'
import { Tick } from './fields.tsx'
import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'
import { rangeText } from './words.ts'

interface Props {
  frame: Frame
  /** Where it is posted to, and what is posted along. */
  action: string
  hidden: Readonly<Record<string, string>>
  rows: readonly LaterRow[]
  zone: string
  button: string
  back: string
  /** What it means, below the times. */
  note: string
  children?: Children
}

/** Several appointments at their new times, and for one that is not free there what else there is. All of them, or none. */
export const LaterForm = ({ frame, action, hidden, rows, zone, button, back, note, children }: Props) => (
  <Post frame={frame} action={action} class="card stack">
    {Object.entries(hidden).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <div>
      {rows.map(({ start, end, free, alternatives }, index) => (
        <fieldset class="occurrence">
          <legend class="figures" safe>{`${index + 1}. ${rangeText(start, end, zone)}`}</legend>
          {!free && (
            <p class="quiet small">
              {alternatives.length > 0 ? 'Not free. Near it are:' : 'Not free, and nothing near it is.'}
            </p>
          )}
          {alternatives.map((slot, nth) => (
            <Tick
              name={`o${index}`}
              id={`o${index}-${nth}`}
              type="radio"
              value={isoUtc(utc(slot.start))}
              checked={nth === 0}
            >
              <span safe>{rangeText(utc(slot.start), utc(slot.end), zone)}</span>
            </Tick>
          ))}
        </fieldset>
      ))}
    </div>
    {children}
    <p class="quiet small" safe>
      {note}
    </p>
    <p class="actions">
      <button type="submit" name="go" value="yes" safe>
        {button}
      </button>
      <a class="button plain" href={back}>
        Leave it as it is
      </a>
    </p>
  </Post>
)

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' })

/** What a click means where nobody else is asked. */
export const atOnce = 'All of them change, or none. Nothing is to be paid again.'
