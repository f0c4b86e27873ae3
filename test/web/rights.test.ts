import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { visitor } from './visitor.ts'

const later = '2027-02-10T15:00:00Z'

t.test(
  'the browser that booked does not act as the practice: nothing comes back in full, and nothing is agreed, by the console',
  async t => {
    const { app, deps, confirmed, clock, client, openedBy } = await open(t)
    const { id, appointment } = await confirmed()
    // Within the band in which all of it is kept, and a move needs the practice's yes.
    clock.set('2027-02-09T12:00:00Z')
    const browser = visitor(app)
    browser.cookies.set(cookieNames(deps.settings).booking(id), await openedBy(id))
    t.equal((await browser.get(`/b/${id}`)).statusCode, 200)
    const own = `/console/bookings/${id}`
    for (const [path, form] of [
      ['cancellation', { by: 'practice' }],
      ['move', { start: later, agreed: 'yes' }],
      ['move-answer', { appointment, answer: 'accept' }]
    ] as const)
      t.equal((await browser.post(`${own}/${path}`, form)).statusCode, 401, path)
    for (const page of [own, `${own}/cancellation`, `${own}/move`]) t.equal((await browser.get(page)).statusCode, 401)
    t.match(await client`select state from bookings`, [{ state: 'confirmed' }])
    t.match(await client`select starts_at::text as at from appointments where id = ${appointment}`, [
      { at: /^2027-02-09 15/ }
    ])
    await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    t.match(
      (await browser.get(`${own}/cancellation`)).body,
      'If we cancel, $400 goes back',
      'and staff are staff there'
    )
  }
)

t.test('another therapist neither moves, lets go nor opens a booking by any page', async t => {
  const { app, book, confirmed, client } = await open(t)
  const { id } = await confirmed()
  const held = (await book({ start: '2027-02-11T15:00:00Z' })).json()
  await client`update resources set person_id = (select booker_id from bookings limit 1) where kind = 'therapist'`
  await client`update staff set roles = '{therapist}'`
  const browser = visitor(app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  for (const [path, form] of [
    [`/console/bookings/${id}/move`, { start: later, agreed: 'yes' }],
    [`/b/${held.id}/release`, {}],
    [`/b/${held.id}/payment`, {}],
    [`/b/${id}/opening-codes`, {}]
  ] as const)
    t.equal((await browser.post(path, form)).statusCode, 403, path)
  t.match(await client`select state from bookings where id in (${id}, ${held.id}) order by state`, [
    { state: 'confirmed' },
    { state: 'held' }
  ])
  t.equal((await client`select 1 from codes`).length, 0)
})

t.test('the sums of a client’s cancellation are shown on the client’s page to the client alone', async t => {
  const { app, confirmed, client } = await open(t)
  const { id } = await confirmed()
  await client`update staff set roles = '{assistant}'`
  const browser = visitor(app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  for (const page of ['cancellation', 'move']) {
    const answer = await browser.get(`/b/${id}/${page}`)
    t.equal(answer.statusCode, 403)
    t.notMatch(answer.body, /\$\d/)
  }
})
