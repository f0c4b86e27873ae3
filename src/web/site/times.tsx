import type { SlotsView } from '../../availability/schema.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { DayTimes, NoTimes } from './day-times.tsx'
import type { Month } from './month.ts'
import { MonthSheet } from './month-sheet.tsx'
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
  /** The first free time after an empty month. */
  next: SlotsView['slots'][number] | undefined
}

/** The month at the left, the chosen day's times at the right. */
export const Times = ({ frame, type, zone, practiceZone, month, day, slots, next }: TimesProps) => {
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
            <ZonePicker type={type} zone={zone} practiceZone={practiceZone} month={month} day={day} />
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
