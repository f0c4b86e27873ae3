import type { DateTime } from 'luxon'
import type { OutsideCalendar } from '../../availability/outside/schema.ts'
import { dayText } from '../../notices/wording.ts'
import { Doing } from '../components/doing.tsx'
import type { Faults } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { untilText } from '../components/words.ts'
import { NewOutsideCalendar } from './outside-calendar-form.tsx'
import { faultWords } from './outside-calendar-words.ts'
import { Conflicts, type InConflict } from './outside-conflicts.tsx'

export interface OutsideCalendarsProps extends InConflict {
  frame: Frame
  therapist: { slug: string; name: string; zone: string }
  /** The reader is this therapist. */
  isOwn: boolean
  calendars: readonly (OutsideCalendar & { createdAt: DateTime })[]
  given: { url?: string | undefined; user?: string | undefined }
  faults: Faults
}

const standings = { new: 'Not read yet', synced: 'Up to date', stale: 'Not reached' } as const
const kinds = { ics: 'Calendar address', caldav: 'Calendar account' } as const

/** Calendars elsewhere that close times here: how each is, what collides, and a new one. */
export const OutsideCalendarsPage = ({
  frame,
  therapist,
  isOwn,
  calendars,
  conflicts,
  dates,
  ...form
}: OutsideCalendarsProps) => (
  <Layout frame={frame} title="Busy elsewhere" kind="staff" here="/console/feeds">
    <h1>Busy elsewhere</h1>
    <p class="lede" safe>
      {`While one of ${isOwn ? 'your' : `${therapist.name}’s`} other calendars says busy, nobody can book that time. Kept is when, and nothing else: no title, no place, no name.`}
    </p>
    {conflicts.length + dates.length > 0 && <Conflicts conflicts={conflicts} dates={dates} zone={therapist.zone} />}
    <div class="pair section">
      <section aria-labelledby="there">
        <h2 id="there">Calendars that are read</h2>
        {calendars.length === 0 ? (
          <p class="quiet">
            None yet. Add the calendar with your private appointments, so that no client is booked over them.
          </p>
        ) : (
          <>
            <ul class="tasks">
              {calendars.map(calendar => (
                <li class="card">
                  <Calendar frame={frame} calendar={calendar} therapist={therapist} />
                </li>
              ))}
            </ul>
            <p class="quiet small">Each is read every quarter of an hour, and again when somebody books.</p>
          </>
        )}
      </section>
      <NewOutsideCalendar frame={frame} therapist={therapist.slug} {...form} />
    </div>
  </Layout>
)

type CalendarProps = Pick<OutsideCalendarsProps, 'frame' | 'therapist'> & {
  calendar: OutsideCalendarsProps['calendars'][number]
}

const Calendar = ({ frame, therapist, calendar }: CalendarProps) => {
  const { id, kind, state, syncedAt, staleSince, skipped, fault, createdAt } = calendar
  const { zone } = therapist
  const name = `${kinds[kind]}, added ${dayText(createdAt.setZone(zone))}`
  const lastRead = syncedAt ? `Last read ${untilText(syncedAt, zone)}` : 'Never read until now'
  return (
    <>
      <p>
        <strong safe>{name}</strong> <span class={state === 'synced' ? 'tag' : 'tag open'}>{standings[state]}</span>
      </p>
      <p class="small quiet" safe>
        {lastRead}
      </p>
      {!!staleSince && !!fault && (
        <div class="note warn small">
          <p>
            <strong safe>{`${faultWords[fault].what} (since ${untilText(staleSince, zone)}).`}</strong>
          </p>
          <p safe>{`${syncedAt ? 'What was read before still closes its times. ' : ''}${faultWords[fault].doing}`}</p>
        </div>
      )}
      {skipped > 0 && (
        <p class="small" safe>
          {`${skipped === 1 ? 'One event' : `${skipped} events`} could not be read as a whole and may close no time here. Look there for a repeated event that seems odd, or block the time as time off.`}
        </p>
      )}
      <div class="doings">
        <Doing
          frame={frame}
          hidden={{ therapist: therapist.slug }}
          action={`/console/outside-calendars/${id}/sync`}
          does="Read now"
          of={name}
        />
        <Doing
          frame={frame}
          hidden={{ therapist: therapist.slug }}
          action={`/console/outside-calendars/${id}/removal`}
          does="Remove"
          of={name}
        />
      </div>
    </>
  )
}
