import { DateTime } from 'luxon'
import type { TravelView } from '../../availability/travel-schema.ts'
import { dayText, zoneText } from '../../notices/wording.ts'
import { Doing } from '../components/doing.tsx'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'

export interface TravelsProps {
  frame: Frame
  therapist: { slug: string; name: string; zone: string }
  zones: readonly string[]
  items: readonly TravelView[]
  given: Partial<Record<'zone' | 'firstDay' | 'lastDay' | 'keeps' | 'videoOnly', string | undefined>>
  faults: Faults
}

/** Days in another zone: what is planned, and a new one. */
export const Travels = ({ frame, therapist, zones, items, given, faults }: TravelsProps) => (
  <Layout frame={frame} title="Away" kind="staff" here="/console/time-off">
    <h1>Away, and working</h1>
    <p class="lede" safe>
      {`Days on which ${therapist.name} is in another time zone, and can be booked all the same.`}
    </p>
    <p>
      Not working? <a href={`/console/time-off?therapist=${therapist.slug}`}>Time off</a>
    </p>
    <div class="pair section">
      <section aria-labelledby="there">
        <h2 id="there">Planned</h2>
        {items.length === 0 && <p class="quiet">Nothing yet.</p>}
        <ul class="types spread">
          {items.map(travel => (
            <li>
              <span class="figures" safe>
                {travelText(travel, therapist.zone)}
              </span>
              {frame.may('change time off') && (
                <p class="doings small">
                  <a href={`/console/travels/${travel.id}?therapist=${therapist.slug}`} safe>
                    {`What is booked then, ${dayOf(travel.firstDay)}`}
                  </a>
                </p>
              )}
              <Doing
                frame={frame}
                action={`/console/travels/${travel.id}/removal`}
                does="Remove"
                of={dayOf(travel.firstDay)}
                hidden={{ therapist: therapist.slug }}
              />
            </li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="new">
        <h2 id="new">Add a travel</h2>
        <FaultList faults={faults} />
        <Post frame={frame} action="/console/travels" novalidate>
          <SentOnce />
          <input type="hidden" name="therapist" value={therapist.slug} />
          <Field name="firstDay" label="First day there" type="date" value={given.firstDay} fault={faults.firstDay} />
          <Field name="lastDay" label="Last day there" type="date" value={given.lastDay} fault={faults.lastDay} />
          <div class="field">
            <label for="zone">Where</label>
            <select id="zone" name="zone">
              {zones.map(zone => (
                <option value={zone} selected={zone === given.zone} safe>
                  {zoneText(zone)}
                </option>
              ))}
            </select>
          </div>
          <fieldset>
            <legend>Opening hours meanwhile</legend>
            <Tick name="keeps" id="keeps-local" type="radio" value="local" checked={given.keeps !== 'home'}>
              By the clock there: 09:00 is 09:00 where you are
            </Tick>
            <Tick name="keeps" id="keeps-home" type="radio" value="home" checked={given.keeps === 'home'}>
              <span safe>{`As at home: 09:00 is 09:00 in ${zoneText(therapist.zone)}`}</span>
            </Tick>
          </fieldset>
          <Tick name="videoOnly" checked={given.videoOnly !== 'no'}>
            By video only
          </Tick>
          <p class="quiet small">What is booked already stays as it is: what does not fit is shown to you.</p>
          <p class="actions">
            <button type="submit">Add</button>
          </p>
        </Post>
      </section>
    </div>
  </Layout>
)

export function travelText({ firstDay, lastDay, zone, keeps, videoOnly }: TravelView, home: string): string {
  const days = firstDay === lastDay ? dayOf(firstDay) : `${dayOf(firstDay)} – ${dayOf(lastDay)}`
  const hours = `hours by ${zoneText(keeps === 'local' ? zone : home)}`
  return [days, zoneText(zone), hours, ...(videoOnly ? ['by video only'] : [])].join(' · ')
}

const dayOf = (date: string) => dayText(DateTime.fromISO(date, { zone: 'utc' }))
