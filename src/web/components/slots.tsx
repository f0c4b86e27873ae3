import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { dayText } from '../../notices/wording.ts'
import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'
import { zoneMark } from './words.ts'

type Slot = SlotsView['slots'][number]

/** What a slot's button says of itself when it is pressed; `readChoice` takes it apart. */
export function slotValue({ start, therapist, place }: Slot): string {
  return [start, therapist, place].join(' ')
}

interface Props {
  frame: Frame
  type: string
  slots: readonly Slot[]
  zone: string
  /** Only the hour, where the day stands above. */
  hoursOnly?: boolean
  /** How often it is wanted, of a session that repeats; and the starts at which all of it is free. */
  often?: { times: number; every: number; open: boolean } | undefined
  whole?: ReadonlySet<string> | undefined
  /** What the button says, where the time stands above it. */
  words?: string
}

/** Stands beside an hour at which every appointment of a series is free. */
export const wholeMark = '●'

/** Free times as buttons of one form: choosing one leads to the details, without type or time in the address. */
export const SlotButtons = ({ frame, type, slots, zone, hoursOnly = false, often, whole, words }: Props) => (
  <Post frame={frame} action="/b">
    <input type="hidden" name="type" value={type} />
    <input type="hidden" name="zone" value={zone} />
    {!!often && (
      <>
        <input type="hidden" name="times" value={String(often.times)} />
        <input type="hidden" name="every" value={String(often.every)} />
        {often.open && <input type="hidden" name="open" value="yes" />}
      </>
    )}
    <div class={hoursOnly ? 'hours' : 'hours wide'}>
      {slots.map(slot => (
        <button type="submit" name="slot" value={slotValue(slot)}>
          <span safe>
            {words ??
              (isTwice(slot, slots, zone) ? markedHour(slot.start, zone) : slotText(slot.start, zone, hoursOnly))}
          </span>
          {slot.suitsBoth && <small>suits both</small>}
          {whole?.has(slot.start) && (
            <small>
              <span aria-hidden="true">{wholeMark}</span>
              <span class="unseen">, all of them are free</span>
            </small>
          )}
        </button>
      ))}
    </div>
  </Post>
)

/** `10:00`, or `Tue 14 May, 10:00 EDT`. */
export function slotText(start: string, zone: string, hourOnly: boolean): string {
  const local = DateTime.fromISO(start, { zone })
  return hourOnly ? local.toFormat('HH:mm') : `${dayText(local)}, ${local.toFormat('HH:mm')} ${zoneMark(local)}`
}

/** On the day on which clocks are set back an hour comes twice: there the zone's mark tells one from the other. */
function isTwice(slot: Slot, slots: readonly Slot[], zone: string): boolean {
  const label = slotText(slot.start, zone, true)
  const day = slot.start.slice(0, 10)
  return slots.some(
    other => other !== slot && other.start.slice(0, 10) === day && slotText(other.start, zone, true) === label
  )
}

function markedHour(start: string, zone: string): string {
  const local = DateTime.fromISO(start, { zone })
  return `${local.toFormat('HH:mm')} ${zoneMark(local)}`
}
