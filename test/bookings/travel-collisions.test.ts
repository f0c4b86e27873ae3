import type { Test } from 'tap'
import t from 'tap'
import { walkBulkChange } from '../../src/bookings/walk-bulk-change.ts'
import { open, someone } from '../support/open.ts'

/** Monday to Wednesday of a week in February, in Tokyo: 14 hours ahead of New York. */
const tokyo = { zone: 'Asia/Tokyo', firstDay: '2027-02-15', lastDay: '2027-02-17', keeps: 'home', videoOnly: true }
const individual = { sessionType: 'individual' }
const person = (index: number) => ({ person: { ...someone, email: `client-${index}@example.com` } })
/** In the office and by video on the Tuesday, and in the office on the Thursday, when the therapist is at home again. */
const wanted = [
  { ...individual, start: '2027-02-16T15:00:00Z' },
  { ...individual, start: '2027-02-16T19:00:00Z', place: 'video' },
  { ...individual, start: '2027-02-18T15:00:00Z' }
]

async function openBooked(t: Test) {
  const house = await open(t)
  const token = await house.signIn()
  const booked: { id: string; appointment: string; token: string }[] = []
  for (const [index, each] of wanted.entries()) booked.push(await house.confirmed({ ...each, ...person(index) }))
  house.mails.length = 0
  const travel = async (more: object = {}) =>
    (await house.request('POST', '/api/therapists/jessica/travels', { ...tokyo, ...more }, token)).json()
  const at = (id: string) => `/api/therapists/jessica/travels/${id}`
  const collisions = async (id: string) =>
    (await house.request('GET', `${at(id)}/collisions`, undefined, token)).json().items
  const choose = (id: string, changes: object[]) => house.request('POST', `${at(id)}/changes`, { changes }, token)
  const tasks = async () => (await house.request('GET', '/api/tasks', undefined, token)).json().items
  return { ...house, token, booked, travel, at, collisions, choose, tasks }
}
const ids = (items: { id: string }[]) => items.map(({ id }) => id)

t.test(
  'a travel answers what is booked in a room on its days, and nothing else; it is a task until it is gone',
  async t => {
    const { travel, booked, tasks, request, at, token, openedBy, app, collisions } = await openBooked(t)
    t.same(await tasks(), [])
    const added = await travel()
    t.match(added, {
      ...tokyo,
      collisions: [{ id: booked[0]?.id, state: 'confirmed', ...{ start: wanted[0]?.start } }]
    })
    t.equal(added.collisions.length, 1)
    t.match(await tasks(), [{ kind: 'conflict', id: booked[0]?.id, dueAt: wanted[0]?.start }])
    const [one, ...more] = await collisions(added.id)
    t.same(more, [])
    t.match(one, { names: [someone.name], choices: ['propose', 'move', 'cancel'] })
    t.notMatch(one.nearest, /^2027-02-1[567]/, 'no time in a room is near on those days')
    const page = async (id: string) => {
      const headers = { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${await openedBy(id)}` }
      return (await app.inject({ url: `/b/${id}`, headers })).body
    }
    t.match(await page(booked[0]?.id ?? ''), 'We are away at this time')
    t.notMatch(await page(booked[1]?.id ?? ''), 'We are away at this time')
    await request('DELETE', at(added.id), undefined, token)
    t.same(await tasks(), [])
  }
)

t.test('where the hours keep the clock there, what lies outside of them is in the way by video, too', async t => {
  const { travel, booked } = await openBooked(t)
  const added = await travel({ keeps: 'local', videoOnly: false })
  // Ten and two in New York are midnight and four in the morning in Tokyo.
  t.same(ids(added.collisions), [booked[0]?.id, booked[1]?.id])
})

t.test('with the hours of home and rooms as ever, a travel is in the way of nothing', async t => {
  const { travel, tasks } = await openBooked(t)
  t.match(await travel({ videoOnly: false }), { collisions: [], editions: [] })
  t.same(await tasks(), [])
})

t.test(
  'in one go one is moved to a time that is offered there, and one is called off; a second run changes nothing',
  async t => {
    const house = await openBooked(t)
    const { travel, collisions, choose, work, minute, tasks, client, gateway, request, token } = house
    const { id } = await travel({ keeps: 'local', videoOnly: false })
    const [first, second] = await collisions(id)
    t.not(first.nearest, second.nearest, 'no two are promised the same')
    const made = await choose(id, [
      { appointment: first.appointment, choice: 'move' },
      { appointment: second.appointment, choice: 'cancel' }
    ])
    t.match(made, { statusCode: 201 }, made.body)
    t.match(made.json(), { travel: id, state: 'running' })
    await work()
    await client`update bulk_change_items set state = 'waiting', outcome = null, at = null`
    await minute()
    await Promise.all([1, 2].map(() => walkBulkChange(house.deps, house.scope, made.json().id)))
    const { items } = (await request('GET', `/api/bulk-changes/${made.json().id}`, undefined, token)).json()
    t.same(items.map(({ outcome }: { outcome: string }) => outcome).sort(), ['cancelled', 'moved'])
    t.equal(gateway.refunds.size, 1)
    t.match(await client`select max(sequence) as sequence from participants`, [{ sequence: 1 }])
    t.same(await collisions(id), [])
    t.same(await tasks(), [])
  }
)

t.test(
  'what its client moved to a time that is offered there is left alone, though it lies on the same days',
  async t => {
    const { travel, collisions, choose, work, request, booked, token, client } = await openBooked(t)
    const { id } = await travel({ keeps: 'local', videoOnly: false })
    const [first] = await collisions(id)
    const made = await choose(id, [{ appointment: first.appointment, choice: 'cancel' }])
    // Tuesday 09:00 in Tokyo.
    const moved = await request(
      'POST',
      `/api/appointments/${first.appointment}/move`,
      { start: '2027-02-16T00:00:00Z' },
      booked[0]?.token
    )
    t.equal(moved.json().state, 'moved', moved.body)
    await work()
    const { items } = (await request('GET', `/api/bulk-changes/${made.json().id}`, undefined, token)).json()
    t.match(items, [{ outcome: 'elsewhere' }])
    t.match(await client`select state from bookings where id = ${booked[0]?.id ?? ''}`, [{ state: 'confirmed' }])
  }
)

t.test('what is not in the way of the travel, or another therapist’s travel, is refused', async t => {
  const { travel, booked, choose, client, request, token } = await openBooked(t)
  const { id } = await travel()
  const cancel = (index: number) => ({ appointment: booked[index]?.appointment, choice: 'cancel' })
  t.match((await choose(id, [cancel(1)])).json(), { errors: [{ detail: /not in the way of that travel/ }] })
  t.equal((await choose(booked[0]?.id ?? '', [cancel(0)])).statusCode, 404)
  const gone = await request('GET', `/api/therapists/robin/travels/${id}/collisions`, undefined, token)
  t.equal(gone.statusCode, 404)
  t.same(await client`select 1 from bulk_changes`, [])
})

t.test('dates in a room on the days of a travel are told, and are one task of whoever leads them', async t => {
  const { travel, tasks, client } = await openBooked(t)
  const [dates] = await client<
    { id: string; day: string }[]
  >`select e.id, min(a.starts_at)::date::text as day from editions e
    join appointments a on a.edition_id = e.id join places p on p.id = e.place_id
    where p.room_id is not null group by e.id order by 2 limit 1`
  t.ok(dates, 'the practice has dates in a room')
  const day = dates?.day ?? ''
  t.match(await travel({ firstDay: day, lastDay: day }), { collisions: [], editions: [{ id: dates?.id }] })
  t.match(await tasks(), [{ kind: 'dates-conflict', id: dates?.id }])
})
