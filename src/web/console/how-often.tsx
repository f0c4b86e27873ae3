import type { SessionType } from '../../catalog/session-type.ts'
import { Field, Tick } from '../components/fields.tsx'
import { everyText, type Often } from '../site/often.ts'

export type Repeat = NonNullable<SessionType['plan']['repeat']>

interface Props {
  type: string
  repeat: Repeat
  often: Often
  from: string
  client: string | undefined
}

/** How often a session that repeats is booked for a caller; the starts below it are those at which all of them are free. */
export const HowOftenForCaller = ({ type, repeat: { least, most, every, open }, often, from, client }: Props) => (
  <form method="get" action="/console/new-booking" class="card stack">
    <input type="hidden" name="type" value={type} />
    <input type="hidden" name="from" value={from} />
    {!!client && <input type="hidden" name="client" value={client} />}
    <Field name="times" label={`How many times, from ${least} to ${most}`} type="number" value={String(often.times)} />
    <fieldset>
      <legend>How far apart</legend>
      {every.map(days => (
        <Tick name="every" id={`every-${days}`} type="radio" value={String(days)} checked={days === often.every}>
          <span safe>{everyText(days)}</span>
        </Tick>
      ))}
    </fieldset>
    {open && (
      <Tick name="open" checked={often.open}>
        Until it is ended: twelve weeks are kept, and further ones as they pass
      </Tick>
    )}
    <p class="actions">
      <button class="plain" type="submit">
        Show when all of them are free
      </button>
    </p>
  </form>
)
