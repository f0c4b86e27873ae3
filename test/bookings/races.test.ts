import t from 'tap'
import { open, someone } from '../support/open.ts'

const rivals = 50
type House = Awaited<ReturnType<typeof open>>

/** Each rival has an address of their own: who has the same one waits in line before the resources already. */
const rival = (index: number) => ({ ...someone, email: `rival-${index}@example.com` })

/** Which sessions of the server wait for a lock while the rivals run: how many really stood in each other's way. */
async function watchWaiting<T>({ databaseUrl, client }: House, run: () => Promise<T>): Promise<[T, number]> {
  const name = new URL(databaseUrl).pathname.slice(1)
  let most = 0
  let running = true
  const watch = (async () => {
    while (running) {
      const [row] = await client<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity where datname = ${name} and wait_event_type = 'Lock'`
      most = Math.max(most, row?.waiting ?? 0)
    }
  })()
  const result = await run()
  running = false
  await watch
  return [result, most]
}

async function race(t: Test, house: House, starts: { sessionType: string; start: string }[]) {
  const [answers, waiting] = await watchWaiting(house, () =>
    Promise.all(starts.map((each, index) => house.book({ ...each, person: rival(index) })))
  )
  const won = answers.filter(({ statusCode }) => statusCode === 201)
  const lost = answers.filter(({ statusCode }) => statusCode === 409)
  t.comment(`${won.length} won, ${lost.length} lost, ${waiting} waited in line at once`)
  t.equal(won.length, 1)
  t.equal(lost.length, rivals - 1, [...new Set(answers.map(({ statusCode }) => statusCode))].join(' '))
  for (const answer of lost) {
    t.match(answer.json(), { type: '/problems/slot-taken', status: 409 })
    t.ok(answer.json().alternatives.length > 0)
  }
  const [row] = await house.client<{ bookings: number; deadlocks: number }[]>`
    select (select count(*)::int from bookings) as bookings,
      (select deadlocks::int from pg_stat_database where datname = current_database()) as deadlocks`
  t.match(row, { bookings: 1, deadlocks: 0 })
  t.ok(waiting > 1, 'they really met')
}
type Test = Parameters<typeof open>[0]

t.test('50 at once for one slot: one has it, the others get the nearest free times', async t => {
  const house = await open(t, { most: rivals + 1 })
  await race(
    t,
    house,
    Array.from({ length: rivals }, () => ({ sessionType: 'couples', start: '2027-02-09T15:00:00Z' }))
  )
})

t.test('50 at once for overlapping slots of different length: one has it', async t => {
  const house = await open(t, { most: rivals + 1 })
  // 15:00–16:20, 15:00–15:50, 15:30–16:50, 15:30–16:20 and a call at 15:45: each overlaps each other one.
  const starts = [
    { sessionType: 'couples', start: '2027-02-09T15:00:00Z' },
    { sessionType: 'individual', start: '2027-02-09T15:00:00Z' },
    { sessionType: 'couples', start: '2027-02-09T15:30:00Z' },
    { sessionType: 'individual', start: '2027-02-09T15:30:00Z' },
    { sessionType: 'consultation', start: '2027-02-09T15:45:00Z' }
  ]
  await race(
    t,
    house,
    Array.from(
      { length: rivals },
      (_, index) => starts[index % starts.length] ?? starts[0] ?? { sessionType: '', start: '' }
    )
  )
})

t.test('50 at once for slots that overlap only by their buffers: one has it', async t => {
  const house = await open(t, { most: rivals + 1 })
  // An individual session 14:00–14:50 holds until 15:00; one for two at 15:00 holds from 14:50 on.
  const starts = [
    { sessionType: 'individual', start: '2027-02-09T14:00:00Z' },
    { sessionType: 'couples', start: '2027-02-09T15:00:00Z' }
  ]
  await race(
    t,
    house,
    Array.from({ length: rivals }, (_, index) => starts[index % 2] ?? { sessionType: '', start: '' })
  )
})

t.test('time off and a booking at the same moment: the booking stands in the collisions, or it is refused', async t => {
  const house = await open(t, { most: 20 })
  const token = await house.signIn()
  for (let round = 0; round < 10; round++) {
    const day = String(9 + round).padStart(2, '0')
    const hour = new Date(`2027-02-${day}T15:00:00Z`).getUTCDay() % 6 === 0 ? undefined : 15
    if (!hour) continue
    const [booked, off] = await Promise.all([
      house.book({ start: `2027-02-${day}T15:00:00Z`, person: rival(round) }),
      house.request(
        'POST',
        '/api/therapists/jessica/time-off',
        { start: `2027-02-${day}T14:00:00Z`, end: `2027-02-${day}T18:00:00Z` },
        token
      )
    ])
    t.equal(off.statusCode, 201, off.body)
    t.equal(off.json().collisions.length, booked.statusCode === 201 ? 1 : 0, booked.body)
  }
})
