/**
 * Free times of ten therapists over a month, and of two of them together, in process; and the same request to the database
 * with no, 2,000 and 20,000 past appointments. Prints the ratios of one run; exits with 1 where a bar is missed.
 */
import { performance } from 'node:perf_hooks'
import type { Sql } from 'postgres'
import type { Session } from '../src/availability/care.ts'
import { openSlots } from '../src/availability/open-slots.ts'
import { type Asked, type Loaded, loadWindow } from '../src/availability/window-store.ts'
import type { SessionType } from '../src/catalog/session-type.ts'
import { practiceScopes } from '../src/identity/scope.ts'
import { connect } from '../src/kernel/database.ts'
import { changeRules } from '../test/support/care.ts'
import { ownClock } from '../test/support/clock.ts'
import { ownDatabase, testSecrets, testSettings } from '../test/support/database.ts'
import { silentLog } from '../test/support/log.ts'

const minute = 60_000
const day = 86_400_000
const from = Date.UTC(2027, 2, 1)
const now = Date.UTC(2027, 1, 1)
const window: Asked = { slug: 'individual', from, to: from + 31 * day }
const failures: string[] = []

const plain = practiceOf({})
const careful = practiceOf({ perDay: 6, perWeek: 25, minutesPerDay: 400, demanding: true, rest: 30 })
const pairs = practiceOf({ therapists: 2 })
const [any, caring, both] = alternate(
  [plain, careful, pairs].map(loaded => () => openSlots(loaded, window, now).length)
)
console.log(
  `any of 10 therapists, 31 days, ${openSlots(plain, window, now).length} slots: ${any.toFixed(2)} ms (bar 1 ms) · with every rule of care ${caring.toFixed(2)} ms · two of them together ${both.toFixed(2)} ms`
)
if (any > 1) failures.push(`any of 10 therapists takes ${any.toFixed(2)} ms`)

for (const rules of [{}, { perDay: 6, perWeek: 25, demanding: true }]) await askWithPast(rules)
for (const failure of failures) console.error(`MISSED: ${failure}`)
process.exitCode = failures.length ? 1 : 0

/** Ten therapists, each with four sessions a day. */
function practiceOf(rules: Partial<SessionType['rules']>): Loaded {
  const therapists = Array.from({ length: 10 }, (_, index) => `t${index}`)
  const sessions = therapists.flatMap((id, index) => soldBy(index).map(session => ({ id, ...session })))
  const hours = therapists.flatMap((id): Loaded['hours'] => [
    [id, [1, 2, 3, 4, 5], 9 * 60, 12 * 60, null, null, null, null],
    [id, [1, 2, 3, 4, 5], 13 * 60, 17 * 60 + 30, null, null, null, null]
  ])
  const sold = sessions.map(({ id, start, end }): Loaded['sold'][number] => [id, start, end, true, true, true, 0])
  const careful = Object.keys(rules).length > 1
  return {
    revision: '0',
    type: {
      id: 'type',
      slug: 'individual',
      kind: 'individual',
      public: true,
      version: 1,
      name: '',
      description: '',
      plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 50, who: 'first', day: 0 }] },
      price: { amount: 0, currency: 'USD' },
      policy: { bands: [] },
      rules: {
        before: 0,
        after: 10,
        grid: 15,
        notice: 24 * 60,
        horizon: 500,
        approval: false,
        pay: { mode: 'none' },
        reminders: [],
        ...rules
      }
    },
    offerings: therapists.map(id => ({
      therapist: id,
      therapistSlug: id,
      personId: id,
      zone: 'America/New_York',
      place: 'video',
      placeSlug: 'video',
      room: null,
      care: careful ? { perDay: 7, minutesPerWeek: 2000, inRow: { most: 4, pause: 30 } } : null
    })),
    hours,
    exceptions: [],
    travels: [],
    busy: sessions.map(({ id, start, end }) => [id, start, end + 15 * minute]),
    sold: careful ? sold : []
  }
}

/** Four sessions a day by a small generator, so that everybody gets the same. */
function soldBy(index: number): Pick<Session, 'start' | 'end'>[] {
  let seed = 12346 + index
  return Array.from({ length: 31 * 4 }, (_, each) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    const start = from + Math.floor(each / 4) * day + (14 * 60 + Math.floor((seed / 0x7fffffff) * 30) * 15) * minute
    return { start, end: start + 50 * minute }
  })
}

/** The window of the demo practice, read anew each time, in three practices that differ by what is behind them alone. */
async function askWithPast(rules: object): Promise<void> {
  const asked: Asked = { slug: 'individual', from: Date.UTC(2027, 1, 8), to: Date.UTC(2027, 2, 11) }
  const houses = []
  for (const past of [0, 2_000, 20_000]) houses.push(await openWithPast(past, rules))
  const samples = houses.map((): number[] => [])
  for (let round = 0; round < 500; round++)
    for (const [index, { db, scope, now }] of houses.entries()) {
      const begin = performance.now()
      openSlots(await loadWindow(db, scope, asked), asked, now().toMillis())
      if (round >= 100) samples[index]?.push(performance.now() - begin)
    }
  const times = samples.map(median)
  const [none = 1, some = 1, many = 1] = times
  const name = Object.keys(rules).length > 0 ? 'with caps' : 'without caps'
  console.log(
    `a month of free times, ${name}, with 0, 2,000 and 20,000 past appointments: ${times.map(time => time.toFixed(2)).join(', ')} ms · × ${(some / none).toFixed(2)} and × ${(many / none).toFixed(2)} (bar 1.10)`
  )
  if (Math.max(some, many) / none > 1.1)
    failures.push(`past appointments cost × ${(Math.max(some, many) / none).toFixed(2)}`)
  for (const { end } of houses) await end()
}

async function openWithPast(past: number, rules: object) {
  const { url, drop } = await ownDatabase()
  const { db, client, close } = connect(url, 1)
  const { now } = ownClock()
  const jobs = {} as never
  const deps = { db, now, secrets: testSecrets, settings: testSettings, log: silentLog, jobs }
  const [practice] = await client<{ id: string }[]>`select id from practices`
  const scope = await practiceScopes(deps).forId(practice?.id ?? '')
  if (Object.keys(rules).length > 0) await changeRules(client, 'individual', rules)
  for (let made = 0; made < past; made += 1000) await addPast(client, made)
  await client`vacuum analyze`
  return { db, scope, now, end: () => close().then(drop) }
}

/** A thousand sessions that took place, one behind the other, back from the end of January. */
async function addPast(client: Sql, from: number): Promise<void> {
  await client.unsafe(`
    with jessica as (select * from resources where slug = 'jessica'),
      client as (insert into clients (practice_id, id, kind, confirmation, created_at)
        select practice_id, gen_random_uuid(), 'individual', 'usual', '2020-01-01' from jessica returning *),
      wanted as (select gen_random_uuid() as booking, gen_random_uuid() as appointment,
          timestamptz '2027-01-31' - n * interval '2 hours' as start
        from generate_series(${from} + 1, ${from} + 1000) n),
      made as (insert into bookings (practice_id, id, client_id, booker_id, session_type_id, version, therapist_id, place_id,
          state, created_at, confirmed_at, price, currency, terms_version, consented_at, row_version)
        select j.practice_id, w.booking, c.id, j.person_id, t.id, 1, j.id, p.id, 'completed', w.start, w.start, 25000, 'USD', 1,
          w.start, 1
        from wanted w, jessica j, client c, session_types t, places p where t.slug = 'individual' and p.slug = 'video'),
      laid as (insert into appointments (practice_id, id, booking_id, ordinal, who, starts_at, ends_at, zone, place_id, state)
        select j.practice_id, w.appointment, w.booking, 0, 'first', w.start, w.start + interval '50 minutes', j.zone, p.id, 'done'
        from wanted w, jessica j, places p where p.slug = 'video')
    insert into occupancy (practice_id, appointment_id, resource_id, during)
    select j.practice_id, w.appointment, j.id, tstzrange(w.start, w.start + interval '1 hour') from wanted w, jessica j`)
}

/** Milliseconds a call of each, the median of 60 rounds that take turns. */
function alternate(runs: (() => number)[]): [number, number, number] {
  const times = runs.map((): number[] => [])
  for (let round = 0; round < 80; round++)
    runs.forEach((run, index) => {
      const begin = performance.now()
      for (let repeat = 0; repeat < 5; repeat++) run()
      if (round >= 20) times[index]?.push((performance.now() - begin) / 5)
    })
  const [first = 0, second = 0, third = 0] = times.map(median)
  return [first, second, third]
}

function median(samples: number[]): number {
  return samples.sort((one, other) => one - other)[Math.floor(samples.length / 2)] ?? 0
}
