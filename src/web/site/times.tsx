import type { SlotsView } from '../../availability/schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { DayTimes, NoTimes } from './day-times.tsx'
import type { Month } from './month.ts'
import { MonthSheet } from './month-sheet.tsx'
import { type Often, oftenQuery, oftenText } from './often.ts'
import { timesAddress } from './times-address.ts'
import { ZonePicker } from './zone-picker.tsx'

export interface TimesProps {
  frame: Frame
  type: Pick<SessionType, 'slug' | 'name' | 'plan'>
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
  /** Of whoever knows a therapist: whether their times alone are shown. */
  whose: 'known' | 'anyone' | undefined
}

/** The month at the left, the chosen day's times at the right. */
export const Times = ({
  frame,
  type,
  zone,
  practiceZone,
  month,
  day,
  slots,
  often,
  whole,
  next,
  whose
}: TimesProps) => {
  const query = { zone, ...oftenQuery(often), ...(whose === 'anyone' && { with: 'anyone' }) }
  return (
    <Layout frame={frame} title="Appointment" kind="quiet">
      <a class="back" href={`/sessions/${encodeURIComponent(type.slug)}`}>
        <ArrowLeft /> <span safe>{type.name}</span>
      </a>
      <h1>{often ? 'Choose the first time' : type.plan.anchor === 'day' ? 'Choose the first day' : 'Choose a time'}</h1>
      {!!often && (
        <p class="lede" safe>
          {`${oftenText(often)}. On the next page you see each of them, free or not.`}
        </p>
      )}
      {!!whose && (
        <Whose
          type={type.slug}
          whose={whose}
          query={{ month: month.name, ...(day && { day }), zone, ...oftenQuery(often) }}
        />
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
            <ZonePicker type={type} zone={zone} practiceZone={practiceZone} month={month} day={day} query={query} />
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
            {!day && <NoTimes frame={frame} type={type.slug} next={next} zone={zone} often={often} query={query} />}
          </section>
        </div>
      </div>
    </Layout>
  )
}

/** Whose times are shown, and the other way one click away. */
const Whose = ({
  type,
  whose,
  query
}: {
  type: string
  whose: 'known' | 'anyone'
  query: Parameters<typeof timesAddress>[1]
}) => (
  <p>
    {whose === 'known' ? 'These are the times of whom you know already.' : 'These are everybody’s times.'}{' '}
    <a href={timesAddress(type, whose === 'known' ? { ...query, with: 'anyone' } : query)}>
      {whose === 'known' ? 'Show everybody’s' : 'Only of whom you know'}
    </a>
  </p>
)
