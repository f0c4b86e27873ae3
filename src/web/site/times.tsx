import { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { ArrowLeft, ArrowRight } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { SlotButtons } from '../components/slots.tsx'
import { zoneMark } from '../components/words.ts'
import type { Month } from './month.ts'
import { MonthSheet } from './month-sheet.tsx'
import { zoneChoices } from './zones.ts'

export interface TimesProps {
  frame: Frame
  type: { slug: string; name: string }
  zone: string
  practiceZone: string
  month: Month
  /** The chosen day, and its free times. */
  day: string | undefined
  slots: SlotsView['slots']
  /** The first free time after an empty month. */
  next: SlotsView['slots'][number] | undefined
}

/** Where the page shows this month or day. */
export function timesAddress(slug: string, query: { month?: string; day?: string; zone: string }): string {
  return `/sessions/${encodeURIComponent(slug)}/times?${new URLSearchParams(query)}`
}

/** The month at the left, the chosen day's times at the right. */
export const Times = (props: TimesProps) => {
  const { frame, type, zone, practiceZone, month, day, slots, next } = props
  return (
    <Layout frame={frame} title="Appointment" kind="quiet">
      <a class="back" href={`/sessions/${encodeURIComponent(type.slug)}`}>
        <ArrowLeft /> <span safe>{type.name}</span>
      </a>
      <h1>Choose a time</h1>
      <div
        id="times"
        class="times"
        hx-boost:inherited="true"
        hx-target:inherited="#times"
        hx-select:inherited="#times"
        hx-swap:inherited="outerHTML"
        hx-replace-url:inherited="true"
      >
        <div class="pair">
          <section aria-label="Month">
            <MonthSheet type={type.slug} month={month} day={day} zone={zone} />
            <ZonePicker {...props} />
          </section>
          <section aria-live="polite" aria-label="Times">
            {day ? (
              <DayTimes
                frame={frame}
                type={type.slug}
                day={day}
                slots={slots}
                zone={zone}
                practiceZone={practiceZone}
              />
            ) : null}
            {!day && <NoTimes frame={frame} type={type.slug} next={next} zone={zone} />}
          </section>
        </div>
      </div>
    </Layout>
  )
}

interface DayProps {
  frame: Frame
  type: string
  day: string
  slots: SlotsView['slots']
  zone: string
  practiceZone: string
}

const partsOfDay = [
  { name: 'Morning', from: 0, to: 12 },
  { name: 'Afternoon', from: 12, to: 17 },
  { name: 'Evening', from: 17, to: 24 }
] as const

const DayTimes = ({ frame, type, day, slots, zone, practiceZone }: DayProps) => {
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
      {parts.map(({ name, those }) => (
        <>
          <h3>{name}</h3>
          <SlotButtons frame={frame} type={type} slots={those} zone={zone} hoursOnly />
        </>
      ))}
    </>
  )
}

/** Both zones where they differ, by the day's first time. */
function zonesText(start: string | undefined, zone: string, practiceZone: string): string {
  if (!start) return zoneText(zone)
  const [here, there] = [DateTime.fromISO(start, { zone }), DateTime.fromISO(start, { zone: practiceZone })]
  const shown = `${zoneText(zone)} (${zoneMark(here)})`
  if (here.offset === there.offset) return shown
  return `${shown}. Your ${here.toFormat('HH:mm')} is ${there.toFormat('HH:mm')} at the practice (${zoneMark(there)}).`
}

const NoTimes = ({
  frame,
  type,
  next,
  zone
}: {
  frame: Frame
  type: string
  next: TimesProps['next']
  zone: string
}) => (
  <div class="card">
    <h2>No free time</h2>
    <p>There is no free time in these weeks.</p>
    {next ? (
      <>
        <p>Next free:</p>
        <SlotButtons frame={frame} type={type} slots={[next]} zone={zone} />
        <a href={timesAddress(type, { day: DateTime.fromISO(next.start, { zone }).toFormat('yyyy-LL-dd'), zone })}>
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

const ZonePicker = ({ type, zone, practiceZone, month, day }: TimesProps) => (
  <form method="get" action={`/sessions/${encodeURIComponent(type.slug)}/times`}>
    <input type="hidden" name="month" value={month.name} />
    {!!day && <input type="hidden" name="day" value={day} />}
    <div class="zone">
      <div>
        <label for="zone">Times are shown in</label>
        <select id="zone" name="zone">
          {zoneChoices(zone, practiceZone).map(name => (
            <option value={name} selected={name === zone} safe>
              {zoneText(name)}
            </option>
          ))}
        </select>
      </div>
      <button class="plain" type="submit">
        Show
      </button>
    </div>
    <p class="hint small quiet" data-zone-hint={zone}></p>
  </form>
)
