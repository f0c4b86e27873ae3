import { DateTime } from 'luxon'
import type { Test } from 'tap'
import { isoUtc } from '../../src/kernel/time.ts'
import { someone } from './open.ts'
import { racing } from './race.ts'
import type { Answer, RaceHouse } from './races.ts'

/** Each round has a weekday and an hour of its own; its weeks reach over the change of the clock. */
const monday = DateTime.fromISO('2027-02-15', { zone: 'America/New_York' })
const hours = [9, 14, 16]
const at = (round: number, week: number) =>
  isoUtc(monday.plus({ weeks: week, days: round % 4 }).set({ hour: hours[Math.floor(round / 4) % hours.length] ?? 9 }))

const stranger = () => {
  strangers += 1
  return { ...someone, email: `regular-${strangers}@example.com` }
}
let strangers = 0

const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode).sort()
const series = (start: string, occurrences: number) => ({
  sessionType: 'weekly',
  start,
  occurrences,
  person: stranger()
})

/** What was won is let go, so that the next round finds the same times free. */
async function letGo({ request }: RaceHouse, answers: readonly Answer[]): Promise<void> {
  for (const answer of answers.filter(({ statusCode }) => statusCode === 201)) {
    const { id, token } = answer.json()
    await request('POST', `/api/bookings/${id}/release`, undefined, token)
  }
}

/** Every series keeps all of its times, or none. */
async function isWhole(t: Test, { client }: RaceHouse, answers: readonly Answer[]) {
  const [row] = await client<{ partial: number }[]>`
    select count(*)::int as partial from (
      select b.id, count(*) filter (where a.state = 'planned') as laid, count(distinct o.appointment_id) as kept
      from bookings b join session_types st on st.id = b.session_type_id
      join appointments a on a.booking_id = b.id left join occupancy o on o.appointment_id = a.id and o.resource_id = b.therapist_id
      where st.slug = 'weekly' and b.state in ('held', 'confirmed') group by b.id) as those
    where laid <> kept`
  t.equal(row?.partial, 0, 'no series is kept in part')
  for (const answer of answers)
    if (answer.statusCode === 409) {
      t.match(answer.json(), { type: '/problems/slot-taken', status: 409 })
      t.ok(answer.json().alternatives.length > 0, 'with alternatives')
    }
}

/** Races of series, by their guarantee. */
export const seriesRaces: Readonly<Record<string, (t: Test, house: RaceHouse, round: number) => Promise<number>>> = {
  'a single session against a series that has its hour in the third week: one has it': async (t, house, round) => {
    const single = { sessionType: 'couples', start: at(round, 2), person: stranger() }
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [
      () => house.book(single),
      () => house.book(series(at(round, 0), 4))
    ])
    t.same(codes(outcomes), [201, 409])
    await isWhole(t, house, outcomes)
    await letGo(house, outcomes)
    return waiting
  },
  'series against series with one week in common: one has all of its own, the others nothing': async (
    t,
    house,
    round
  ) => {
    const { outcomes, waiting } = await racing<Answer[]>(house, [
      () => house.book(series(at(round, 0), 4)),
      () => house.book(series(at(round, 3), 4)),
      () => house.book(series(at(round, 3), 2))
    ])
    t.same(codes(outcomes), [201, 409, 409])
    await isWhole(t, house, outcomes)
    await letGo(house, outcomes)
    return waiting
  },
  'skipped twice at once, against the end of the series: each share goes back once': async (t, house, round) => {
    const own = await house.confirmed(series(at(round, 0), 3))
    const skip = () => house.request('POST', `/api/appointments/${own.appointment}/skip`, undefined, own.token)
    const end = () => house.request('POST', `/api/bookings/${own.id}/cancellation`, undefined, own.token)
    const { outcomes, waiting } = await racing<Answer[]>(house, [skip, skip, end])
    const skips = outcomes.slice(0, 2).filter(({ statusCode }) => statusCode === 200)
    t.ok(skips.length <= 1)
    t.equal(outcomes[2]?.statusCode, 200)
    const [money] = await house.client<{ back: number }[]>`
      select coalesce(sum(r.amount), 0)::int as back from refunds r join attempts a on a.id = r.attempt_id
      join dues d on d.id = a.due_id where d.booking_id = ${own.id}`
    t.equal(money?.back, 120_000, 'all of it, once')
    await isWhole(t, house, [])
    return waiting
  },
  'all later ones moved, against a session at one of the new times: all of them, or none': async (t, house, round) => {
    // At four in the afternoon there is no hour later.
    const early = round % 8
    const own = await house.confirmed(series(at(early, 0), 3))
    const day = (week: number) =>
      isoUtc(DateTime.fromISO(at(early, week), { zone: 'America/New_York' }).plus({ hours: 1 }))
    const later = () =>
      house.request('POST', `/api/appointments/${own.appointment}/later`, { start: day(0) }, own.token)
    const rival = () => house.book({ sessionType: 'individual', start: day(1), place: 'video', person: stranger() })
    const { outcomes, waiting } = await racing<Answer[]>(house, [later, rival, later, rival, rival])
    t.ok(
      outcomes.some(({ statusCode }) => statusCode < 300),
      codes(outcomes).join()
    )
    await isWhole(t, house, outcomes)
    const rows = await house.client<{ at: string }[]>`
      select to_char(starts_at at time zone 'America/New_York', 'HH24') as at from appointments where booking_id = ${own.id}`
    t.equal(new Set(rows.map(({ at }) => at)).size, 1, 'at one hour, old or new')
    await letGo(house, outcomes)
    await house.request('POST', `/api/bookings/${own.id}/cancellation`, undefined, own.token)
    return waiting
  }
}
