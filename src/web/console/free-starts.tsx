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
  /** With `&from=` it shows other days. */
  address: string
  chosen: readonly string[]
  /** Several may be chosen. */
  several?: boolean
  fault: string | undefined
  /** What is said of a start besides, by the start. */
  notes?: ReadonlyMap<string, string>
}

/** The free starts of some days, to choose one or several of them within a form. */
export const FreeStarts = ({ slots, from, days, address, chosen, several = false, fault, notes }: Props) => {
  const zone = from.zoneName ?? 'utc'
  const byDay = Map.groupBy(slots, ({ start }) => DateTime.fromISO(start, { zone }).toFormat('yyyy-LL-dd'))
  const at = (day: DateTime) => `${address}&from=${day.toFormat('yyyy-LL-dd')}`
  return (
    <fieldset id="slot">
      <legend>When</legend>
      <p class="quiet small">
        <a href={at(from.minus({ days }))}>Earlier</a>
        <span safe>{` · ${dayText(from)} – ${dayText(from.plus({ days: days - 1 }))} · ${zoneText(zone)} · `}</span>
        <a href={at(from.plus({ days }))}>Later</a>
      </p>
      {byDay.size === 0 && <p>No free time on these days.</p>}
      {!!fault && (
        <p class="fault" safe>
          {fault}
        </p>
      )}
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
