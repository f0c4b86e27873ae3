import t from 'tap'
import { dateOf, dayNumber } from '../../src/kernel/wall-clock.ts'
import { open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'

/** The Sundays on which the clock changes, by the zone of a therapist. */
const changes = {
  'America/New_York': ['2027-03-14', '2027-11-07'],
  'Europe/London': ['2027-03-28', '2027-10-31'],
  'Australia/Sydney': ['2027-04-04', '2027-10-03'],
  'Australia/Lord_Howe': ['2027-04-04', '2027-10-03'],
  'America/Santiago': ['2027-04-04', '2027-09-05']
}
const whole = ['09:00 180', '13:30 180']
/** Minutes before and after an appointment that has a time of its own, of a series and of a programme. */
const [before, after] = [10, 15]
const minute = 60_000

/** An instant by the wall clock of a zone, as the browser's own calendar says it. */
function wall(zone: string, ms: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' }).format(ms)
}

/** The first instant at which the wall clock shows this half hour, or a later one where it never does. */
function instant(zone: string, date: string, time: string): number {
  let at = Date.parse(`${date}T${time}:00Z`) - 15 * 60 * minute
  while (wall(zone, at) < `${date} ${time}`) at += 30 * minute
  return at
}

for (const half of [0, 1] as const)
  t.test(
    `plans keep their local hours, their real length and their buffers, ${half ? 'autumn' : 'spring'}`,
    async t => {
      const house = await open(t, {
        start: half ? '2027-08-09T12:00:00Z' : '2027-02-01T12:00:00Z',
        limits: { holds: 100, quotes: 1000 }
      })
      const { client, request, book } = house
      for (const [index, zone] of Object.keys(changes).entries()) {
        await colleague(house, `t-${index}`, ['therapist'])
        await client`update resources set zone = ${zone} where slug = ${`t-${index}`}`
      }
      // Each works every day, by video: no room is in the way of another.
      await client`insert into opening_hours (practice_id, id, resource_id, days, from_minute, to_minute)
      select practice_id, gen_random_uuid(), id, '{1,2,3,4,5,6,7}', 540, 1080 from resources where slug like 't-%'`
      await client`insert into offerings (practice_id, session_type_id, resource_id, place_id)
      select r.practice_id, s.id, r.id, p.id from resources r, session_types s, places p
      where r.slug like 't-%' and p.slug = 'video'`

      for (const [index, [zone, sundays]] of Object.entries(changes).entries()) {
        const sunday = sundays[half] ?? ''
        const on = (days: number) => dateOf(dayNumber(sunday) + days)
        const therapist = `t-${index}`
        /** Books what is quoted for this local start, which is one of the shown ones. @returns what it takes of the calendar */
        const take = async (sessionType: string, date: string, time: string) => {
          const start = new Date(instant(zone, date, time)).toISOString().replace('.000', '')
          const days = `from=${date}&to=${date}&zone=${zone}&therapist=${therapist}`
          const { slots } = (await request('GET', `/api/session-types/${sessionType}/slots?${days}`)).json()
          t.ok(
            slots.some((slot: { start: string }) => slot.start === start),
            `${sessionType} is shown ${date} in ${zone}`
          )
          const email = `${sessionType}-${index}@example.com`
          const at = { start, therapist, place: 'video' }
          const together = sessionType === 'intensive-3-day'
          const booked = await book({ sessionType, ...at, together, person: { ...someone, email, zone } })
          t.equal(booked.statusCode, 201, booked.body)
          return client<{ from: number; to: number; start: number; end: number }[]>`
          select extract(epoch from lower(o.during))::float8 * 1000 as from, extract(epoch from upper(o.during))::float8 * 1000 as to,
            extract(epoch from a.starts_at)::float8 * 1000 as start, extract(epoch from a.ends_at)::float8 * 1000 as end
          from appointments a join occupancy o on o.appointment_id = a.id
          where a.booking_id = ${booked.json().id} order by a.starts_at`
        }
        const said = (rows: Awaited<ReturnType<typeof take>>) =>
          rows.map(({ start, end }) => `${wall(zone, start)} ${(end - start) / minute}`)
        const arePadded = (rows: Awaited<ReturnType<typeof take>>) =>
          rows.every(({ from, to, start, end }) => start - from === before * minute && to - end === after * minute)

        const days = await take('intensive-3-day', on(-1), '09:00')
        t.same(
          said(days),
          [-1, 0, 1].flatMap(day => whole.map(block => `${on(day)} ${block}`)),
          'three private days, the change in their middle'
        )
        t.equal(days[0]?.from, instant(zone, on(-1), '00:00'), 'from the first moment of the first day')
        t.equal(days.at(-1)?.to, instant(zone, on(2), '00:00'), 'to the last of the last')
        t.ok(
          days.every(({ to }, at) => days[at + 1] === undefined || days[at + 1]?.from === to),
          'without a gap or an overlap'
        )

        const weeks = await take('weekly', on(-10), '11:00')
        t.same(
          said(weeks),
          Array.from({ length: 12 }, (_, week) => `${on(7 * week - 10)} 11:00 80`)
        )
        t.ok(arePadded(weeks))

        // The Friday before: the private days lie between, so that what follows the first comes after the change.
        const steps = await take('assessment', on(-2), '15:00')
        t.same(
          said(steps),
          [`${on(-2)} 15:00 90`, `${on(2)} 09:00 50`, `${on(2)} 10:30 50`, `${on(3)} 09:00 90`],
          'an assessment'
        )
        t.ok(arePadded(steps))
      }
    }
  )
