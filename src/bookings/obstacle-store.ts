import { type SQL, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { findInTheWay, stretchOf } from '../availability/travel-collisions.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf } from '../kernel/time.ts'
import { onClosedDay } from './conflict-store.ts'

/**
 * Blocks of dates ahead, days of rest included, that lie where somebody who leads them is away or busy in a calendar outside,
 * those with couples on a day that was closed, and those in a room while they travel; soonest first. Nothing is done to them:
 * a person decides.
 * @param only one therapist's, by their slug or the person's id
 */
export async function listDatesInConflict(
  db: Executor,
  scope: PracticeScope,
  now: DateTime,
  only: { therapist?: string | undefined; person?: string | undefined }
): Promise<{ edition: string; start: DateTime; end: DateTime }[]> {
  const { practice } = scope
  const whose: SQL[] = [sql`true`]
  if (only.therapist) whose.push(sql`r.slug = ${only.therapist}`)
  if (only.person) whose.push(sql`r.person_id = ${only.person}`)
  const within = (
    table: string
  ) => sql`exists (select from ${sql.identifier(table)} x where x.practice_id = e.practice_id
    and x.resource_id = r.id and x.during && tstzrange(a.starts_at, a.ends_at))`
  const rows = await db.execute<{ edition: string; start: string; end: string }>(sql`
    select distinct e.id as edition, (extract(epoch from a.starts_at) * 1000)::text as start,
      (extract(epoch from a.ends_at) * 1000)::text as "end", a.starts_at
    from editions e
    join resources r on r.practice_id = e.practice_id and r.id in (e.therapist_id, e.second_therapist_id)
    join appointments a on a.practice_id = e.practice_id and a.edition_id = e.id
    where e.practice_id = ${practice.id} and e.state in ('draft', 'open', 'full', 'closed', 'running')
      and a.state = 'planned' and a.ends_at > ${now.toISO()} and ${sql.join(whose, sql` and `)}
      and (${within('time_off')} or ${within('outside_busy')}
        or (a.who <> 'nobody' and ${onClosedDay()}))
    order by a.starts_at, e.id limit 200`)
  const away = rows.map(({ edition, start, end }) => ({
    edition,
    start: instantOf(Number(start)),
    end: instantOf(Number(end))
  }))
  const there = await findInTheWay(db, scope, now, { slug: only.therapist, person: only.person })
  const unfit = there.flatMap(({ edition, start, end }) =>
    edition && !away.some(one => one.edition === edition && one.start.toMillis() === start)
      ? [{ edition, ...stretchOf({ start, end }) }]
      : []
  )
  return [...away, ...unfit].sort((one, other) => one.start.toMillis() - other.start.toMillis())
}
