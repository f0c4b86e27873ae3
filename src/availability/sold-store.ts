import { type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import type { TravelKeeps } from '../../db/schema/travels.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'

/** Which travels are asked about: all of a practice unless told; `person` is the therapist's, `slug` their short name. */
export interface OnlyTravels {
  travel?: string | undefined
  person?: string | undefined
  slug?: string | undefined
  /** What is sold: one booking's. */
  booking?: string | undefined
}

/** Something sold that may lie on days of a travel, at home's clock or there; instants in ms. */
export interface SoldOnTravel {
  travel: { id: string; zone: string; firstDay: string; lastDay: string; keeps: TravelKeeps; videoOnly: boolean }
  therapist: string
  home: string
  appointment: string
  /** One of the two. */
  booking: string | null
  edition: string | null
  state: string | null
  type: string
  place: string
  room: string | null
  start: number
  end: number
  /** It was booked, proposed or moved when the travel was there already. */
  later: boolean
}

/** What takes a therapist's time around their travels and ends after `since`, soonest first. A day of rest is nobody's. */
export async function listSoldOnTravels(
  db: Executor,
  { practice }: PracticeScope,
  since: DateTime,
  { travel, person, slug, booking }: OnlyTravels
): Promise<SoldOnTravel[]> {
  const which: SQL[] = [sql`true`]
  if (travel) which.push(sql`v.id = ${travel}`)
  if (person) which.push(sql`r.person_id = ${person}`)
  if (slug) which.push(sql`r.slug = ${slug}`)
  if (booking) which.push(sql`a.booking_id = ${booking}`)
  const rows = await db.execute<{ sold: SoldOnTravel }>(sql`
    select json_build_object('travel', json_build_object('id', v.id, 'zone', v.zone, 'firstDay', v.first_day,
        'lastDay', v.last_day, 'keeps', v.keeps, 'videoOnly', v.video_only),
      'therapist', r.id, 'home', r.zone, 'appointment', a.id, 'booking', a.booking_id, 'edition', a.edition_id,
      'state', b.state, 'type', coalesce(b.session_type_id, e.session_type_id), 'place', p.id, 'room', p.room_id,
      'later', coalesce(greatest(coalesce(pp.created_at, b.created_at), a.moved_at) > v.created_at, false),
      'start', (extract(epoch from a.starts_at) * 1000)::bigint, 'end', (extract(epoch from a.ends_at) * 1000)::bigint) as sold
    from travels v
    join resources r on r.practice_id = v.practice_id and r.id = v.resource_id
    join occupancy o on o.practice_id = v.practice_id and o.resource_id = v.resource_id
      -- A day more on either side: no zone's day begins farther from another's.
      and o.during && tstzrange((v.first_day - 1)::timestamp at time zone 'UTC', (v.last_day + 2)::timestamp at time zone 'UTC')
    join appointments a on a.practice_id = o.practice_id and a.id = o.appointment_id
    join places p on p.practice_id = a.practice_id and p.id = a.place_id
    left join bookings b on b.practice_id = a.practice_id and b.id = a.booking_id
    left join private_proposals pp on pp.practice_id = b.practice_id and pp.booking_id = b.id
    left join editions e on e.practice_id = a.practice_id and e.id = a.edition_id
    where v.practice_id = ${practice.id} and a.state = 'planned' and a.who <> 'nobody' and a.ends_at > ${since.toISO()}
      and ${sql.join(which, sql` and `)}
    order by a.starts_at, a.id`)
  return rows.map(({ sold }) => sold)
}
