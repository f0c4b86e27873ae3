import type { SlotsView } from '../../availability/schema.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { DayTimes, NoTimes } from './day-times.tsx'
import type { Month } from './month.ts'
import { MonthSheet } from './month-sheet.tsx'
import { type Often, oftenQuery, oftenText } from './often.ts'
import { ZonePicker } from './zone-picker.tsx'

export interface TimesProps {
  frame: Frame
  type: { slug: string; name: string }
  zone: string
  practiceZone: string
  month: Month
  /** The chosen day, and its free times. */
  day: string | undefined
  slots: SlotsView['slots']
  /** How often it is wanted, of a session that repeats; and the starts at which all of it is free. */
  often: Often | undefined
  whole: ReadonlySet<string> | undefined
  /** The first free time after an empty month. */
  next: SlotsView['slots'][number] | undefined
}

/** The month at the left, the chosen day's times at the right. */
export const Times = ({ frame, type, zone, practiceZone, month, day, slots, often, whole, next }: TimesProps) => {
  const query = { zone, ...oftenQuery(often) }
  return (
    <Layout frame={frame} title="Appointment" kind="quiet">
      <a class="back" href={`/sessions/${encodeURIComponent(type.slug)}`}>
        <ArrowLeft /> <span safe>{type.name}</span>
      </a>
      <h1>{often ? 'Choose the first time' : 'Choose a time'}</h1>
      {!!often && (
        <p class="lede" safe>
          {`${oftenText(often)}. On the next page you see each of them, free or not.`}
        </p>
      )}
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
            <MonthSheet type={type.slug} month={month} day={day} query={query} />
            <ZonePicker type={type} zone={zone} practiceZone={practiceZone} month={month} day={day} often={often} />
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
                often={often}
                whole={whole}
              />
            ) : null}
            {!day && <NoTimes frame={frame} type={type.slug} next={next} zone={zone} often={often} />}
          </section>
        </div>
      </div>
    </Layout>
  )
}
