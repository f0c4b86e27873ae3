import type { Test } from 'tap'
import t from 'tap'
import { changePlan } from '../support/care.ts'
import { suggested } from '../support/joint.ts'
import { monday, openDays } from '../support/private-days.ts'

const block = { minutes: 180, who: 'both', day: 0 }
/** One private day, and two conversations together after it that can be taken along: the second within two weeks of the first. */
const segments = [
  { ...block, at: '09:00' },
  { ...block, at: '13:30' },
  { minutes: 50, who: 'both', day: 0, after: { min: 20, max: 40 }, optional: true, price: 10_000 },
  { minutes: 50, who: 'both', day: 0, after: { min: 7, max: 14 }, optional: true, price: 10_000 }
]
const sessionType = 'intensive-1-day'
const [second, both] = [
  [null, null, null],
  [null, null]
]

async function house(t: Test) {
  const made = await openDays(t)
  await changePlan(made.client, sessionType, { segments })
  const quoted = async (occurrences: readonly unknown[]) =>
    (await made.request('POST', `/api/session-types/${sessionType}/quote`, { start: monday, occurrences })).json()
  /** Both have said yes, and it is confirmed. */
  const confirmed = async (occurrences: readonly unknown[], start = monday) => {
    const { id, accept } = await suggested(made, { sessionType, start, occurrences })
    await accept('other@example.com')
    await made.client`update acceptances set answer = 'accept', at = now() where booking_id = ${id} and answer is null`
    await made.client`update bookings set state = 'confirmed', confirmed_at = created_at where id = ${id}`
    const own = await made.openedBy(id)
    const lay = (step: number, start: string) => made.request('POST', `/api/bookings/${id}/steps`, { step, start }, own)
    const move = async (ordinal: number, start: string, by = own) =>
      made.request(
        'POST',
        `/api/appointments/${await made.nth(id, ordinal)}/move`,
        { start, agreed: by !== own || undefined },
        by
      )
    return { id, own, lay, move }
  }
  return { ...made, quoted, confirmed }
}

t.test(
  'a conversation that was not taken along leaves no gap: proposed, chosen, moved and laid later alike',
  async t => {
    const { quoted, confirmed, rows, request, signIn } = await house(t)
    const proposed = (await quoted([...second, 'propose'])).appointments[2]
    t.match(proposed, { step: 3, start: '2027-03-15T13:00:00Z', free: true, proposed: true }, 'a week after the day')
    t.ok(proposed.alternatives.length > 0)
    for (const { start } of [proposed, ...proposed.alternatives])
      t.match((await quoted([...second, start])).appointments[2], { step: 3, start, free: true }, start)
    t.match((await quoted([...second, '2027-03-23T14:00:00Z'])).appointments[2], { free: false }, 'two weeks at most')
    t.match((await quoted([...second, 'open'])).appointments[2], {
      open: { from: '2027-03-15T04:00:00Z', to: '2027-03-23T04:00:00Z' }
    })
    const { id, move } = await confirmed([...second, '2027-03-15T13:00:00Z'])
    const staff = await signIn()
    t.equal((await move(3, '2027-03-22T14:00:00Z', staff)).statusCode, 200, 'fourteen days after')
    t.match((await move(3, '2027-03-23T14:00:00Z', staff)).json(), { status: 422, type: '/problems/not-offered' })
    t.match((await rows(id)).at(-1), { ordinal: 3, start: '2027-03-22T14:00Z' })
    const later = await confirmed([...second, 'open'], '2027-03-10T14:00:00Z')
    t.equal((await later.lay(3, '2027-03-16T14:00:00Z')).statusCode, 422, 'six days after')
    t.equal((await later.lay(3, '2027-03-18T14:00:00Z')).statusCode, 201)
    t.equal((await request('GET', `/api/bookings/${later.id}`, undefined, later.own)).json().appointments.length, 3)
  }
)

t.test('what was taken along leaves its gap also while it has no time; and when the day moves', async t => {
  const { quoted, confirmed, rows, signIn } = await house(t)
  t.match((await quoted([...both, 'open', '2027-03-15T13:00:00Z'])).appointments[3], { free: false })
  // Twenty days and seven more.
  const { id, move } = await confirmed([...both, 'open', '2027-04-05T13:00:00Z'])
  t.equal((await move(0, '2027-03-15T13:00:00Z', await signIn())).statusCode, 200)
  t.same(
    (await rows(id)).map(({ start }) => start),
    ['2027-03-15T13:00Z', '2027-03-15T17:30Z', '2027-04-12T13:00Z'],
    '27 days are a Sunday'
  )
})

t.test(
  'called off, a conversation for both takes along what follows it; the day and what was before it stay',
  async t => {
    const { request, confirmed, rows, nth } = await house(t)
    const { id, own, lay } = await confirmed([...both, '2027-03-29T13:00:00Z', '2027-04-05T13:00:00Z'])
    const path = async (ordinal: number) => `/api/appointments/${await nth(id, ordinal)}/cancellation`
    t.match((await request('GET', await path(2), undefined, own)).json(), {
      opens: true,
      givesWay: [{ start: '2027-04-05T13:00:00Z' }]
    })
    t.match((await request('GET', await path(3), undefined, own)).json(), { opens: true, givesWay: [] })
    t.match((await request('POST', await path(2), undefined, own)).json(), { opens: true })
    t.same(
      (await rows(id)).map(({ state, taken }) => [state, taken > 0]),
      [
        ['planned', true],
        ['planned', true],
        ['cancelled', false],
        ['cancelled', false]
      ]
    )
    const open = (await request('GET', `/api/bookings/${id}`, undefined, own)).json().appointments.slice(2)
    t.match(open, [
      { step: 2, open: { from: '2027-03-28T04:00:00Z' } },
      { step: 3, waits: true }
    ])
    t.equal((await lay(3, '2027-04-12T13:00:00Z')).statusCode, 409, 'its turn comes after')
    t.equal((await lay(2, '2027-03-30T13:00:00Z')).statusCode, 201)
    t.equal((await lay(3, '2027-04-12T13:00:00Z')).statusCode, 201)
  }
)

t.test('where there is room what follows stays', async t => {
  const { request, confirmed, nth } = await house(t)
  const { id, own } = await confirmed([...both, '2027-03-29T13:00:00Z', '2027-04-08T13:00:00Z'])
  const path = `/api/appointments/${await nth(id, 2)}/cancellation`
  t.match((await request('POST', path, undefined, own)).json(), { opens: true })
  t.match((await request('GET', `/api/bookings/${id}`, undefined, own)).json().appointments.slice(2), [
    { step: 2, open: { to: '2027-04-08T13:00:00Z' } },
    { start: '2027-04-08T13:00:00Z', state: 'planned' }
  ])
})
