import type { open } from './open.ts'
import { seeded } from './random.ts'
import { colleague } from './staff.ts'

type House = Awaited<ReturnType<typeof open>>

/** From New Year to the end of summer: further than any plan of the demo practice reaches from the starts that tests ask. */
const [first, last] = [Date.parse('2027-01-01T00:00Z'), Date.parse('2027-09-01T00:00Z')]

/**
 * A practice with all that takes time: three therapists, two rooms, and on nearly every day of eight months something that is
 * sold, kept, elsewhere or away, the same each time. What is sold is of types that were booked, and of retreats.
 */
export async function makeBusy(house: House, seed: number): Promise<void> {
  const { client } = house
  for (const slug of ['alex', 'kim']) {
    await colleague(house, slug, ['therapist'])
    await client`
      insert into opening_hours (practice_id, id, resource_id, days, from_minute, to_minute, place_id, session_types, valid_from)
      select r.practice_id, gen_random_uuid(), r.id, '{1,2,3,4,5,6}'::smallint[], 600, 1140, null::uuid, null::uuid[], '2027-02-15'::date from resources r where r.slug = ${slug}
      union all select r.practice_id, gen_random_uuid(), r.id, '{2}'::smallint[], 420, 540, p.id, array[t.id], null
      from resources r, places p, session_types t where r.slug = ${slug} and p.slug = 'video' and t.slug = 'individual'`
  }
  const practice = house.scope.practice.id
  await client`
    insert into resources (practice_id, id, kind, slug, name, zone) values (${practice}, gen_random_uuid(), 'room', 'attic', 'Attic', 'America/New_York')`
  await client`
    insert into places (practice_id, id, slug, name, room_id) select practice_id, gen_random_uuid(), 'attic', 'Attic', id from resources where slug = 'attic'`
  await client`update resources set zone = 'America/Chicago' where slug = 'kim'`
  await client`
    insert into offerings (practice_id, session_type_id, resource_id, place_id)
    select t.practice_id, t.id, r.id, p.id from session_types t, resources r, places p
    where r.kind = 'therapist' and (r.slug = 'alex' or p.slug = 'attic' and t.slug <> 'weekly' or r.slug = 'kim' and p.slug = 'video')
    on conflict do nothing`
  for (const choice of [
    { sessionType: 'individual', start: '2027-02-09T15:00:00Z' },
    { sessionType: 'couples', start: '2027-02-10T15:00:00Z' },
    { sessionType: 'weekly', start: '2027-02-11T15:00:00Z', occurrences: 4 },
    { sessionType: 'assessment', start: '2027-02-16T15:00:00Z' }
  ]) {
    const booked = await house.book({ ...choice, therapist: 'jessica', place: 'video' })
    if (booked.statusCode !== 201) throw new Error(booked.body)
  }
  await fillWith(house, seeded(seed))
}

/** Foreign keys are set aside meanwhile: whose proposal or calendar it was is nobody's question here. */
async function fillWith({ client }: House, random: () => number): Promise<void> {
  const instants = (minutes: number) => {
    const start = first + Math.floor((random() * (last - first)) / 900_000) * 900_000
    return [new Date(start).toISOString(), new Date(start + minutes * 60_000).toISOString()] as const
  }
  const resources = await client<{ id: string; kind: string }[]>`select id, kind from resources order by slug`
  const sold = await client<{ practice: string; booking: string | null; edition: string | null; place: string }[]>`
    select distinct on (booking_id, edition_id) practice_id as practice, booking_id as booking, edition_id as edition, place_id as place
    from appointments order by booking_id, edition_id, ordinal`
  const one = <T>(of: readonly T[]): T => {
    const found = of[Math.floor(random() * of.length)]
    if (found === undefined) throw new Error('There is none')
    return found
  }
  await client.begin(async sql => {
    await sql`set local session_replication_role = replica`
    for (let ordinal = 1000; ordinal < 1600; ordinal += 1) {
      const [{ practice, booking, edition, place }, [from, to]] = [one(sold), instants(random() < 0.5 ? 50 : 180)]
      const during = `[${from},${to})`
      const [taken] = await sql`
        with made as (
          insert into appointments (practice_id, id, booking_id, edition_id, ordinal, who, starts_at, ends_at, zone, place_id, state, price)
          values (${practice}, gen_random_uuid(), ${booking}, ${edition}, ${ordinal}, 'both', ${from}, ${to}, 'UTC', ${place},
            ${one(['planned', 'planned', 'done', 'missed'])}, ${one([null, null, 100])}) returning id)
        insert into occupancy (practice_id, appointment_id, resource_id, during)
        select ${practice}, id, ${one(resources).id}, ${during} from made on conflict do nothing returning 1`
      const [{ id }, [start, end]] = [one(resources), instants(one([30, 600, 3000]))]
      const other = `[${start},${end})`
      if (!taken || ordinal % 5 === 0)
        await sql`insert into time_off (practice_id, id, resource_id, during, created_at) values (${practice}, gen_random_uuid(), ${id}, ${other}, ${from})`
      if (ordinal % 5 === 1)
        await sql`insert into outside_busy (practice_id, calendar_id, resource_id, during) values (${practice}, gen_random_uuid(), ${id}, ${other})`
      if (ordinal % 5 === 2)
        await sql`insert into kept_times (practice_id, proposal_id, resource_id, during) values (${practice}, gen_random_uuid(), ${id}, ${other})`
      if (ordinal % 5 === 3)
        await sql`
          insert into exceptions (practice_id, id, resource_id, date, from_minute, to_minute)
          values (${practice}, gen_random_uuid(), ${id}, ${start.slice(0, 10)}, ${ordinal % 2 ? 600 : null}, ${ordinal % 2 ? 900 : null})`
      if (ordinal % 15 === 4)
        await sql`
          insert into travels (practice_id, id, resource_id, zone, first_day, last_day, keeps, video_only, created_at)
          values (${practice}, gen_random_uuid(), ${id}, 'Asia/Tokyo', ${start.slice(0, 10)}, ${end.slice(0, 10)}, ${one(['local', 'home'])}, ${random() < 0.5}, ${from}) on conflict do nothing`
    }
  })
}
