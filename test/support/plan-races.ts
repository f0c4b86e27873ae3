import { DateTime } from 'luxon'
import type { Sql } from 'postgres'
import type { Test } from 'tap'
import { isoUtc } from '../../src/kernel/time.ts'
import { someone } from './open.ts'
import { racing } from './race.ts'
import type { Answer, RaceHouse } from './races.ts'

/** Mondays to Thursdays from three weeks ahead on, one a round: whole days, so that no round meets another. */
const monday = DateTime.fromISO('2027-02-22', { zone: 'America/New_York' })
/** A start on a round's day, by the practice's clock. */
const at = (round: number, hour: number) =>
  isoUtc(monday.plus({ weeks: Math.floor(round / 4), days: round % 4, hours: hour }).set({ hour }))

const stranger = () => {
  strangers += 1
  return { ...someone, email: `planner-${strangers}@example.com` }
}
let strangers = 0

const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode).sort()

/** All of a booking's plan is kept, or nothing of it. */
async function isWhole(t: Test, { client }: RaceHouse, answers: readonly Answer[]) {
  const [row] = await client<{ partial: number }[]>`
    select count(*)::int as partial from (
      select st.slug, count(distinct a.id) as laid, count(distinct o.appointment_id) as kept from bookings b
      join session_types st on st.id = b.session_type_id
      join appointments a on a.booking_id = b.id left join occupancy o on o.appointment_id = a.id
      where st.slug in ('intensive-1-day', 'assessment') and b.state = 'requested' group by b.id, st.slug) as those
    where laid <> kept or laid <> case slug when 'assessment' then 4 else 2 end`
  t.equal(row?.partial, 0, 'no plan is kept in part')
  for (const answer of answers)
    if (answer.statusCode === 409) t.match(answer.json(), { type: '/problems/slot-taken', status: 409 })
}

/** Races of plans that have several appointments, by their guarantee. */
export const planRaces: Readonly<Record<string, (t: Test, house: RaceHouse, round: number) => Promise<number>>> = {
  'an intensive against a session of one of its days: one has the day': async (t, house, round) => {
    const single = { sessionType: 'individual', start: at(round, 14), place: 'video', person: stranger() }
    const intensive = { sessionType: 'intensive-1-day', start: at(round, 9), together: true, person: stranger() }
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [
      () => house.book(single),
      () => house.book(intensive)
    ])
    t.same(codes(outcomes), [201, 409])
    await isWhole(t, house, outcomes)
    return waiting
  },
  'an intensive against an intensive: one has the day': async (t, house, round) => {
    const rival = () =>
      house.book({
        sessionType: 'intensive-1-day',
        start: at(round, 9),
        together: true,
        person: stranger()
      })
    const { outcomes, waiting } = await racing<Answer[]>(house, Array(4).fill(rival))
    t.same(codes(outcomes), [201, 409, 409, 409])
    await isWhole(t, house, outcomes)
    return waiting
  },
  'a programme against a session at one of its steps: the step goes to one, the programme whole or not at all': async (
    t,
    house,
    round
  ) => {
    const [first, own] = [at(round, 9), at(round + 1, 10)]
    const step = { sessionType: 'individual', start: own, place: 'video', person: stranger() }
    const programme = {
      sessionType: 'assessment',
      start: first,
      place: 'video',
      together: true,
      occurrences: [null, own, null, null],
      person: stranger()
    }
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [
      () => house.book(step),
      () => house.book(programme)
    ])
    t.match(codes(outcomes).at(-1), 409, codes(outcomes).join())
    await isWhole(t, house, outcomes)
    return waiting
  }
}

/** A newer version of a session type, of which any number a month may be sold. */
export async function withoutCap(client: Sql, slug: string): Promise<void> {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules', v.rules - 'perMonth'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = ${slug}`
  await client`update session_types set version = version + 1 where slug = ${slug}`
}
