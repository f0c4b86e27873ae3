import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { Tick } from '../components/fields.tsx'
import { slotText, slotValue } from '../components/slots.tsx'

interface Props {
  slots: SlotsView['slots']
  /** The first day that is shown, by whose clock, and how many there are. */
  from: DateTime
  days: number
  /** Other days: with `&from=` at this address, or by sending the form there, with all that was typed. */
  address?: string
  form?: string
  chosen: readonly string[]
  /** Several may be chosen, on other days than those that are shown, too. */
  several?: boolean
  fault: string | undefined
  /** What is said of a start besides, by the start. */
  notes?: ReadonlyMap<string, string>
}

/** The free starts of some days, to choose one or several of them within a form. */
export const FreeStarts = ({ slots, from, days, address, form, chosen, several = false, fault, notes }: Props) => {
  const zone = from.zoneName ?? 'utc'
  const elsewhere = several ? chosen.filter(value => !isWithin(value, from, days)) : []
  const byDay = Map.groupBy(slots, ({ start }) => dayValue(DateTime.fromISO(start, { zone })))
  const others = (day: DateTime, words: string) =>
    form === undefined ? (
      <a href={`${address}&from=${dayValue(day)}`} safe>
        {words}
      </a>
    ) : (
      <button class="link small" type="submit" name="look" value={dayValue(day)} formaction={`${form}#slot`} safe>
        {words}
      </button>
    )
  return (
    <fieldset id="slot">
      <legend>When</legend>
      <p class="quiet small">
        {others(from.minus({ days }), 'Earlier')}
        <span safe>{` · ${dayText(from)} – ${dayText(from.plus({ days: days - 1 }))} · ${zoneText(zone)} · `}</span>
        {others(from.plus({ days }), 'Later')}
      </p>
      {byDay.size === 0 && <p>No free time on these days.</p>}
      {!!fault && (
        <p class="fault" safe>
          {fault}
        </p>
      )}
      {elsewhere.map(value => (
        <Tick name="slot" id={`slot-${startIn(value)}`} value={value} checked>
          <span safe>{`${slotText(startIn(value), zone, false)} · chosen already`}</span>
        </Tick>
      ))}
      {[...byDay].map(([day, those]) => (
        <fieldset class="choices">
          <legend safe>{dayText(DateTime.fromISO(day, { zone }))}</legend>
          {those.map(slot => (
            <Tick
              name="slot"
              id={`slot-${slot.start}`}
              type={several ? 'checkbox' : 'radio'}
              value={slotValue(slot)}
              checked={chosen.includes(slotValue(slot))}
            >
              <span safe>{[slotText(slot.start, zone, true), notes?.get(slot.start)].filter(Boolean).join(' · ')}</span>
            </Tick>
          ))}
        </fieldset>
      ))}
    </fieldset>
  )
}

const dayValue = (day: DateTime) => day.toFormat('yyyy-LL-dd')
const startIn = (value: string) => value.split(' ')[0] ?? ''

/** Whether what was chosen lies on the days that are shown. What is no time is shown nowhere. */
function isWithin(value: string, from: DateTime, days: number): boolean {
  const start = DateTime.fromISO(startIn(value))
  return !start.isValid || (start >= from && start < from.plus({ days }))
}
