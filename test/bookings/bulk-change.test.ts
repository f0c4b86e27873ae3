import type { Test } from 'tap'
import t from 'tap'
import { walkBulkChange } from '../../src/bookings/walk-bulk-change.ts'
import { open, someone } from '../support/open.ts'
import { paidDays } from '../support/private-days.ts'
import { colleague } from '../support/staff.ts'

/** Tuesday 9 February, from nine to noon in New York. */
const off = { start: '2027-02-09T14:00:00Z', end: '2027-02-09T17:00:00Z' }
const wanted = [
  { start: '2027-02-09T14:00:00Z' },
  { start: '2027-02-09T16:00:00Z', sessionType: 'individual' },
  { start: '2027-02-08T14:00:00Z' }
]
const email = (index: number) => `client-${index}@example.com`

/** Two paid bookings in the way of an absence, and one of the day before. */
async function openWithBookings(t: Test, own: Parameters<typeof open>[1] = {}) {
  const house = await open(t, own)
  const token = await house.signIn()
  const booked = []
  for (const [index, each] of wanted.entries())
    booked.push(await house.confirmed({ ...each, person: { ...someone, email: email(index) } }))
  house.mails.length = 0
  const away = async () =>
    (await house.request('POST', '/api/therapists/jessica/time-off', off, token)).json() as { id: string }
  const collisions = async () => {
    const query = new URLSearchParams(off)
    return (await house.request('GET', `/api/therapists/jessica/collisions?${query}`, undefined, token)).json().items
  }
  const choose = (timeOff: string, changes: object[], as = token) =>
    house.request('POST', `/api/therapists/jessica/time-off/${timeOff}/changes`, { changes }, as)
  const progress = async (id: string) =>
    (await house.request('GET', `/api/bulk-changes/${id}`, undefined, token)).json()
  return { ...house, token, booked, away, collisions, choose, progress }
}

t.test('what is in the way is told with its exact consequences, each with a near time of its own', async t => {
  const { collisions, booked } = await openWithBookings(t)
  const items = await collisions()
  t.same(
    items.map(({ id }: { id: string }) => id),
    [booked[0]?.id, booked[1]?.id]
  )
  t.match(items[0], { names: [someone.name], choices: ['propose', 'move', 'cancel'], refund: { amount: 40000 } })
  const near = items.map(({ nearest }: { nearest: string }) => nearest)
  t.not(near[0], near[1], 'no two are promised the same')
  for (const start of near) t.ok(start >= off.end || start < off.start, 'none lies in the absence')
})

t.test('in one go one is moved, one is cancelled with everything back; everybody gets their usual mail', async t => {
  const house = await openWithBookings(t)
  const { away, collisions, choose, work, progress, mails, booked, client, gateway } = house
  const { id: timeOff } = await away()
  const [first, second] = await collisions()
  const answer = await choose(timeOff, [
    { appointment: first.appointment, choice: 'move', start: first.nearest },
    { appointment: second.appointment, choice: 'cancel' }
  ])
  t.match(answer.json(), { state: 'running', items: [{ state: 'waiting' }, { state: 'waiting' }] }, answer.body)
  await work()
  const done = await progress(answer.json().id)
  t.equal(done.state, 'done')
  t.same(done.items.map(({ outcome }: { outcome: string }) => outcome).sort(), ['cancelled', 'moved'])
  const rows = await client`select id, state from bookings order by id`
  t.match(
    rows.find(({ id }) => id === booked[1]?.id),
    { state: 'cancelled' }
  )
  t.same(
    mails
      .filter(({ to }) => to !== 'jessica@example.com')
      .map(({ to, subject }) => `${to} ${subject}`)
      .sort(),
    [
      `${email(0)} Your appointment, new time: ${/day: (.*)|: (.*)/.exec(mails.find(({ to }) => to === email(0))?.subject ?? '')?.at(-1)}`,
      `${email(1)} Your appointment on Tue 9 Feb`
    ]
  )
  t.equal(gateway.refunds.size, 1)
  t.same(await collisions(), [])
})

t.test(
  'a proposal asks the client, and where the time that was shown is gone, for the next; a move is then refused',
  async t => {
    const house = await openWithBookings(t)
    const { away, collisions, choose, work, progress, book, mails, client } = house
    const { id: timeOff } = await away()
    const [first, second] = await collisions()
    const { id } = (
      await choose(timeOff, [
        { appointment: first.appointment, choice: 'propose', start: first.nearest },
        { appointment: second.appointment, choice: 'move', start: second.nearest }
      ])
    ).json()
    for (const [index, { nearest }] of [first, second].entries())
      t.equal(
        (await book({ ...wanted[index], start: nearest, person: { ...someone, email: `fast-${index}@example.com` } }))
          .statusCode,
        201
      )
    await work()
    const { items } = await progress(id)
    const came = (appointment: string) =>
      items.find((item: { appointment: string }) => item.appointment === appointment)
    t.match(came(first.appointment), { state: 'done', outcome: 'proposed' })
    t.not(came(first.appointment).start, first.nearest)
    t.match(came(second.appointment), { state: 'failed', outcome: 'That time has just been taken' })
    t.match(
      mails.find(({ to }) => to === email(0)),
      { subject: 'A new time for your appointment?' }
    )
    t.notOk(mails.some(({ to }) => to === email(1)))
    t.equal((await collisions()).length, 2, 'both are in the way still')
    t.match(await client`select count(*)::int as open from proposals where state = 'open'`, [{ open: 1 }])
  }
)

t.test('a second run, or two at once, change nothing more', async t => {
  const house = await openWithBookings(t)
  const { away, collisions, choose, deps, scope, client, work, gateway } = house
  const { id: timeOff } = await away()
  const [first, second] = await collisions()
  const { id } = (
    await choose(timeOff, [
      { appointment: first.appointment, choice: 'move', start: first.nearest },
      { appointment: second.appointment, choice: 'cancel' }
    ])
  ).json()
  await Promise.all([walkBulkChange(deps, scope, id), walkBulkChange(deps, scope, id)])
  // As if the process had died after what it did, and before it wrote that down.
  await client`update bulk_change_items set state = 'waiting', outcome = null, at = null`
  await house.minute()
  await work()
  t.match(await client`select state, outcome from bulk_change_items order by outcome`, [
    { state: 'done', outcome: 'cancelled' },
    { state: 'done', outcome: 'moved' }
  ])
  t.match(await client`select max(sequence) as sequence from participants`, [{ sequence: 1 }])
  t.equal(gateway.refunds.size, 1)
})

t.test('of a series one appointment is let fall, its share goes back, and the other weeks stay', async t => {
  const house = await open(t)
  const { request, client, work, gateway } = house
  const token = await house.signIn()
  await house.confirmed({ sessionType: 'weekly', start: '2027-02-16T14:00:00Z' })
  const day = { start: '2027-03-02T00:00:00Z', end: '2027-03-03T00:00:00Z' }
  const { id } = (await request('POST', '/api/therapists/jessica/time-off', day, token)).json()
  const ahead = async () =>
    (await request('GET', `/api/therapists/jessica/collisions?${new URLSearchParams(day)}`, undefined, token)).json()
      .items
  const [collision, ...more] = await ahead()
  t.same(more, [])
  t.match(collision, { choices: ['propose', 'move', 'cancel'] })
  t.ok(collision.refund.amount > 0 && collision.refund.amount < 100_000, 'the share of one week')
  const changes = [{ appointment: collision.appointment, choice: 'cancel' }]
  const made = await request('POST', `/api/therapists/jessica/time-off/${id}/changes`, { changes }, token)
  t.equal(made.statusCode, 201, made.body)
  await work()
  await client`update bulk_change_items set state = 'waiting', outcome = null, at = null`
  await house.minute()
  t.match(await client`select state, outcome from bulk_change_items`, [{ state: 'done', outcome: 'skipped' }])
  t.match(
    await client`select a.state, count(*)::int as n from appointments a where booking_id is not null group by 1 order by 1`,
    [
      { state: 'planned', n: 11 },
      { state: 'skipped', n: 1 }
    ]
  )
  t.same(
    [...gateway.refunds.values()].map(({ amount }) => amount.amount),
    [collision.refund.amount]
  )
  t.same(await ahead(), [])
})

t.test('what is not in the way, is named twice or cannot be done so is refused, and nothing is begun', async t => {
  const { away, collisions, choose, client, booked, book, request, token } = await openWithBookings(t)
  const unpaid = (await book({ start: '2027-02-09T18:00:00Z' })).json()
  await request(
    'POST',
    '/api/therapists/jessica/time-off',
    { start: '2027-02-09T18:00:00Z', end: '2027-02-09T19:00:00Z' },
    token
  )
  const { id: timeOff } = await away()
  const [first] = await collisions()
  const wrong = async (changes: object[], detail: RegExp) => {
    const answer = (await choose(timeOff, changes)).json()
    t.match(answer, { status: 422, errors: [{ detail }] }, JSON.stringify(answer))
  }
  const cancel = { appointment: first.appointment, choice: 'cancel' }
  await wrong([{ ...cancel, appointment: booked[2]?.appointment }], /not in the way/)
  await wrong([{ ...cancel, appointment: unpaid.appointments[0].id }], /not in the way/)
  await wrong([cancel, cancel], /named twice/)
  await wrong([{ ...cancel, choice: 'move', start: '2027-02-09T15:00:00Z' }], /lies in the time off/)
  await wrong([{ ...cancel, start: first.nearest }], /no start/)
  await wrong([], /one appointment at least/)
  t.same(await client`select 1 from bulk_changes`, [])
  t.equal((await choose(booked[0]?.id ?? '', [cancel])).statusCode, 404)
})

t.test('a therapist does this for their own calendar, the owner for any, and nobody else', async t => {
  const house = await openWithBookings(t)
  const { away, collisions, choose, request } = house
  const { id: timeOff } = await away()
  const [first] = await collisions()
  const changes = [{ appointment: first.appointment, choice: 'cancel' }]
  for (const [slug, roles] of [
    ['robin', ['therapist']],
    ['alex', ['assistant']]
  ] as const) {
    const { token } = await colleague(house, slug, [...roles])
    t.equal((await choose(timeOff, changes, token)).statusCode, 403, slug)
    const made = (await choose(timeOff, changes)).json()
    t.equal((await request('GET', `/api/bulk-changes/${made.id}`, undefined, token)).statusCode, 403, slug)
  }
})

t.test('an absence and bookings at once: what is sold is told or the sale is refused, and nothing is both', async t => {
  const house = await open(t, { most: 30 })
  const token = await house.signIn()
  const sale = (index: number) => house.book({ ...wanted[0], person: { ...someone, email: email(index) } })
  const [timeOff, ...sales] = await Promise.all([
    house.request('POST', '/api/therapists/jessica/time-off', off, token),
    ...Array.from({ length: 20 }, (_, index) => sale(index))
  ])
  const sold = sales.filter(({ statusCode }) => statusCode === 201)
  t.comment(`${sold.length} sold before the absence`)
  t.same(
    timeOff.json().collisions.map(({ id }: { id: string }) => id),
    sold.map(answer => answer.json().id)
  )
  t.equal((await sale(99)).statusCode, 409)
})

t.test('what its client moved out of the way meanwhile is left there, whatever was chosen for it', async t => {
  const house = await openWithBookings(t)
  const { away, collisions, choose, work, progress, request, booked, client, gateway, mails } = house
  const { id: timeOff } = await away()
  const [first, second] = await collisions()
  const answer = await choose(timeOff, [
    { appointment: first.appointment, choice: 'move', start: first.nearest },
    { appointment: second.appointment, choice: 'cancel' }
  ])
  const elsewhere = ['2027-02-10T15:00:00Z', '2027-02-10T19:00:00Z']
  for (const [index, start] of elsewhere.entries()) {
    const path = `/api/appointments/${booked[index]?.appointment}/move`
    t.equal((await request('POST', path, { start }, booked[index]?.token)).json().state, 'moved')
  }
  await work()
  const { items, state } = await progress(answer.json().id)
  t.equal(state, 'done')
  t.match(items, [
    { state: 'done', outcome: 'elsewhere' },
    { state: 'done', outcome: 'elsewhere' }
  ])
  const rows = await client<
    { at: string }[]
  >`select to_char(a.starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from appointments a join bookings b on b.id = a.booking_id where b.state = 'confirmed' and a.state = 'planned' order by 1`
  t.same(
    rows.map(({ at }) => at),
    ['2027-02-08T14:00:00Z', ...elsewhere]
  )
  t.equal(gateway.refunds.size, 0)
  t.notOk(mails.some(({ subject }) => /will not|cancel/i.test(subject)))
})

t.test(
  'an absence over the days and one over a conversation beside them: the days as one, the step is open again',
  async t => {
    const house = await paidDays(t)
    const { request, signIn, id, rows, nth, work, client } = house
    const token = await signIn()
    const ahead = async (day: { start: string; end: string }) =>
      (await request('GET', `/api/therapists/jessica/collisions?${new URLSearchParams(day)}`, undefined, token)).json()
        .items
    const secondDay = { start: '2027-03-09T05:00:00Z', end: '2027-03-10T05:00:00Z' }
    const [whole, ...more] = await ahead(secondDay)
    t.same(more, [])
    t.match(whole, { appointment: await nth(id, 0), refund: { amount: 285_000 } })
    t.ok(whole.choices.includes('cancel'), 'all of it')
    const day = { start: '2027-04-06T04:00:00Z', end: '2027-04-07T04:00:00Z' }
    const [step] = await ahead(day)
    t.match(step, { appointment: await nth(id, 6), choices: ['propose', 'move', 'cancel'], refund: { amount: 0 } })
    const { id: timeOff } = (await request('POST', '/api/therapists/jessica/time-off', day, token)).json()
    const changes = [{ appointment: step.appointment, choice: 'cancel' }]
    const made = await request('POST', `/api/therapists/jessica/time-off/${timeOff}/changes`, { changes }, token)
    t.equal(made.statusCode, 201, made.body)
    await work()
    await client`update bulk_change_items set state = 'waiting', outcome = null, at = null`
    await house.minute()
    t.match(await client`select state, outcome from bulk_change_items`, [{ state: 'done', outcome: 'opened' }])
    t.same(
      (await rows(id)).map(({ state }) => state),
      [...Array(6).fill('planned'), 'cancelled']
    )
  }
)
