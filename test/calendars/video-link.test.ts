import t from 'tap'
import { sightOf } from '../../src/identity/sight.ts'
import { entriesOf, openFeeds } from '../support/feeds.ts'
import { someone } from '../support/open.ts'

const link = 'https://video.example.com/tir'

t.test('a session by video says where to join: to who takes part, once it is confirmed, and nowhere else', async t => {
  const house = await openFeeds(t)
  const { app, client, request, book, confirmed, staff, signIn, clock, mails, work, ofBooker, ofTherapist, fetch } =
    house
  const start = '2027-02-10T15:00:00Z'
  const held = (await book({ place: 'video', start, person: { ...someone, email: 'sam@example.com' } })).json()
  const read = async (url: string, token?: string) => (await request('GET', url, undefined, token)).body
  const page = async (id: string, token: string) =>
    (await app.inject({ url: `/b/${id}`, headers: { host: 'localhost:3000', authorization: `Bearer ${token}` } })).body
  t.notMatch(await read(`/api/bookings/${held.id}`, held.token), link, 'a time that is only held has none')
  t.notMatch(await page(held.id, held.token), link)

  const { id, token, appointment } = await confirmed({ place: 'video' })
  const view = JSON.parse(await read(`/api/bookings/${id}`, token))
  t.match(view.appointments, [{ place: 'video', link }])
  const own = await page(id, token)
  t.match(own, `<a href="${link}" rel="noreferrer">`, 'the own page leads there')
  t.match(await read(`/api/bookings/${id}`, staff), link, 'its therapist reads it')
  const headers = { host: 'localhost:3000', authorization: `Bearer ${staff}` }
  const shown = (await app.inject({ url: `/console/bookings/${id}`, headers })).body
  t.match(shown, `<a href="${link}" rel="noreferrer">`, 'and on their page')
  t.match(await read('/api/places', staff), link)
  const mailed = /\/b\/([\w-]{43})/.exec(mails.find(({ to }) => to === someone.email)?.text ?? '')?.[1] ?? ''
  t.notMatch(await read(`/api/bookings/${id}`, mailed), link, 'the mailed link alone does not, before the day')

  const mine = await ofBooker(token)
  const theirs = await ofTherapist({ style: 'names' })
  const locations = async (address = mine) =>
    entriesOf((await fetch(address)).body).map(({ location, status }) => [status, location])
  t.same(await locations(), [['CONFIRMED', undefined]], 'discreet entries say nothing')
  await client`update people set wording = 'plain' where id = (select booker_id from bookings where id = ${id})`
  t.same(await locations(), [['CONFIRMED', link]], 'plain ones do')
  t.notMatch((await fetch(theirs)).body.replace(/\r\n /g, ''), link, 'and nobody else’s')
  const file = await app.inject({
    url: `/b/${id}/appointment.ics`,
    headers: { host: 'localhost:3000', authorization: `Bearer ${token}` }
  })
  t.equal(entriesOf(file.body)[0]?.location, link, 'nor does the file say less')

  mails.splice(0)
  await request('POST', `/api/appointments/${appointment}/move`, { start: '2027-02-11T15:00:00Z' }, token)
  await work()
  const invitations = (to: string) => mails.filter(mail => mail.to === to).map(mail => mail.invitation?.calendar ?? '')
  t.match(entriesOf(invitations(someone.email)[0] ?? ''), [{ location: link }], 'the invitation, as wanted')
  t.notMatch(invitations('jessica@example.com').join(), link)
  for (const { subject, text, html } of mails) t.notMatch(subject + text + html, link, 'no mail has it in its words')

  clock.set('2027-02-10T16:00:00Z')
  t.match(await read(`/api/bookings/${id}`, mailed), link, 'on the day the mailed link opens it')
  for (const role of ['assistant', 'billing']) {
    await client`update staff set roles = ${[role]}`
    const token = await signIn()
    for (const url of [`/api/bookings/${id}`, '/api/bookings', '/api/places'])
      t.notMatch(await read(url, token), link, `${role}: ${url}`)
  }

  mails.splice(0)
  await client`update staff set roles = ${['owner']}`
  await request('POST', `/api/bookings/${id}/cancellation`, {}, await signIn())
  await work()
  t.match(
    mails.find(({ to }) => to === someone.email)?.text,
    'at The Intentional Relationship, By video',
    'in plain words'
  )
  t.match(await locations(), [['CANCELLED', 'By video']], 'what is cancelled has nothing to join')
  t.ok(mails.some(({ invitation }) => invitation?.method === 'CANCEL'))
  for (const { invitation } of mails) t.notMatch(invitation?.calendar ?? '', link)
  t.notMatch(await page(id, token), link)
})

t.test('nobody who looks without taking part is told where to join', async t => {
  const person = { kind: 'person', person: 'p', session: 's', stepped: true } as const
  const belonging = { joint: true, therapist: 't' }
  for (const [who, told] of [
    ['partner A', true],
    ['partner B', false]
  ] as const)
    t.equal(sightOf(person, { ...belonging, person: who }).facts.has('link'), told, who)
})
