import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { Blocks } from '../components/blocks.tsx'
import { ArrowRight } from '../components/icons.tsx'
import type { Frame } from '../components/layout.tsx'
import { SlotButtons, wholeMark } from '../components/slots.tsx'
import { zoneMark } from '../components/words.ts'
import type { Often } from './often.ts'
import { timesAddress } from './times-address.ts'

interface DayProps {
  frame: Frame
  type: string
  day: string
  slots: SlotsView['slots']
  zone: string
  practiceZone: string
  often?: Often | undefined
  /** The starts at which all of it is free. */
  whole?: ReadonlySet<string> | undefined
}

const partsOfDay = [
  { name: 'Morning', from: 0, to: 12 },
  { name: 'Afternoon', from: 12, to: 17 },
  { name: 'Evening', from: 17, to: 24 }
] as const

/** A day's free times by part of the day, with both clocks where they differ. */
export const DayTimes = ({ frame, type, day, slots, zone, practiceZone, often, whole }: DayProps) => {
  const hourOf = (start: string) => DateTime.fromISO(start, { zone }).hour
  const parts = partsOfDay
    .map(({ name, from, to }) => ({
      name,
      those: slots.filter(({ start }) => from <= hourOf(start) && hourOf(start) < to)
    }))
    .filter(({ those }) => those.length > 0)
  return (
    <>
      <h2 safe>{dayText(DateTime.fromISO(day, { zone }))}</h2>
      <p class="quiet small" safe>
        {zonesText(slots[0]?.start, zone, practiceZone)}
      </p>
      {!often && slots.some(isDays)
        ? slots.map(slot => <Days frame={frame} type={type} slot={slot} zone={zone} />)
        : parts.map(({ name, those }) => (
            <>
              <h3>{name}</h3>
              <SlotButtons frame={frame} type={type} slots={those} zone={zone} often={often} whole={whole} hoursOnly />
            </>
          ))}
      {!!whole && slots.some(({ start }) => whole.has(start)) && (
        <p class="quiet small">{`${wholeMark} all of them are free at this hour`}</p>
      )}
    </>
  )
}

/** Whether a start stands for several blocks, which are sold as one. */
const isDays = ({ appointments }: SlotsView['slots'][number]) => appointments.length > 1

/** All blocks that come with a first day, and one button for them. */
const Days = ({
  frame,
  type,
  slot,
  zone
}: Pick<DayProps, 'frame' | 'type' | 'zone'> & { slot: DayProps['slots'][number] }) => (
  <>
    <Blocks
      blocks={slot.appointments.map(({ start, end }) => ({
        start: DateTime.fromISO(start),
        end: DateTime.fromISO(end)
      }))}
      zone={zone}
    />
    <SlotButtons frame={frame} type={type} slots={[slot]} zone={zone} words="Choose these days" />
  </>
)

/** Both zones where they differ, by the day's first time, and the day there where it is another. */
function zonesText(start: string | undefined, zone: string, practiceZone: string): string {
  if (!start) return zoneText(zone)
  const [here, there] = [DateTime.fromISO(start, { zone }), DateTime.fromISO(start, { zone: practiceZone })]
  const shown = `${zoneText(zone)} (${zoneMark(here)})`
  if (here.offset === there.offset) return shown
  const otherDay = here.toISODate() === there.toISODate() ? '' : `${dayText(there)}, `
  return `${shown}. Your ${here.toFormat('HH:mm')} is ${otherDay}${there.toFormat('HH:mm')} at the practice (${zoneMark(there)}).`
}

/** A month without any: the next free time, or whom to ask. */
export const NoTimes = ({
  frame,
  type,
  next,
  zone,
  often,
  query
}: {
  frame: Frame
  type: string
  next: SlotsView['slots'][number] | undefined
  zone: string
  often?: Often | undefined
  /** What the address of the page says besides month and day. */
  query: Parameters<typeof timesAddress>[1]
}) => (
  <div class="card">
    <h2>No free time</h2>
    <p>There is no free time in these weeks.</p>
    {next ? (
      <>
        <p>Next free:</p>
        <SlotButtons frame={frame} type={type} slots={[next]} zone={zone} often={often} />
        <a
          href={timesAddress(type, {
            day: DateTime.fromISO(next.start, { zone }).toFormat('yyyy-LL-dd'),
            ...query
          })}
        >
          All times of that day <ArrowRight />
        </a>
      </>
    ) : (
      <p>
        Ask us: <a href="/contact">contact</a>.
      </p>
    )}
  </div>
)
