import t from 'tap'
import { couple, openRetreat } from '../support/retreat.ts'
import { visitor } from '../web/visitor.ts'

const states = (rows: { state: string }[]) => rows.map(({ state }) => state)

t.test(
  'an address that was only typed keeps no seat from anybody, and its place is that of asking once it is proven',
  async t => {
    const house = await openRetreat(t, { max: 1 })
    const { confirmedSeat, ask, wait, confirm, cancel, seat, line, place, publicState, work, later, minute, mails } =
      house
    const first = await confirmedSeat('a')
    await ask('typed')
    await wait('b')
    await wait('c')
    t.equal(await place('typed'), 'unconfirmed')
    t.match(
      mails.find(({ to }) => to === couple('typed').email),
      {
        subject: 'Your wish for Thu 10 Jun',
        text: /If it was you, say so here: http\S+\/w\//
      }
    )
    await cancel(first)
    await work()
    t.same(states(await line()), ['offered', 'waiting'], 'the seat is kept for the first who is proven')
    t.equal((await confirm('typed')).statusCode, 204)
    t.same(states(await line()), ['waiting', 'offered', 'waiting'], 'before both, as they asked first')
    later(48)
    await minute()
    t.same(states(await line()), ['offered', 'lapsed', 'waiting'], 'and next, before who asked later')
    t.equal(await place('typed'), 'offered')
    t.equal((await seat('d')).statusCode, 409)
    t.equal(await publicState(), 'waitlist')
  }
)

t.test('while only unproven addresses wait, a free seat is anybody’s', async t => {
  const { ask, seat, publicState, pay, confirm, line } = await openRetreat(t, { max: 2 })
  for (const word of ['x', 'y', 'z']) await ask(word)
  t.equal(await publicState(), 'open')
  const taken = await seat('a')
  t.equal(taken.statusCode, 201, taken.body)
  await pay(taken.json().id)
  await confirm('y')
  t.same(states(await line()), ['offered'], 'who proves it is asked at once where a seat is free')
  t.equal((await seat('b')).statusCode, 409)
})

t.test(
  'who signed in by the mailbox says there that it was they: the place counts where it was, and is not forgotten',
  async t => {
    const house = await openRetreat(t, { max: 1 })
    const { ask, wait, cancel, confirmedSeat, signInPerson, request, line, place, work, clock, minute, client } = house
    const first = await confirmedSeat('a')
    await ask('typed')
    await wait('b')
    const token = await signInPerson(couple('typed').email)
    const found = async () => (await request('GET', '/api/me/found-bookings', undefined, token)).json().items
    const items = await found()
    t.match(items, [{ start: '2027-06-10T13:00:00Z' }])
    t.same(Object.keys(items[0]).sort(), ['end', 'id', 'start'], 'its times alone')
    t.equal(await place('typed'), 'unconfirmed', 'not theirs by the address')
    const say = (as: string) => request('POST', '/api/me/found-bookings', { bookings: [items[0].id] }, as)
    t.equal((await say(await signInPerson('other@example.com'))).statusCode, 404)
    const answers = await Promise.all([say(token), say(token)])
    t.ok(answers.some(({ statusCode }) => statusCode === 204))
    t.same(await found(), [])
    t.same(states(await line()), ['waiting', 'waiting'])
    t.match(
      await client`select count(*)::int from waitlist_entries w join people p on p.id = w.person_id
        where p.joined_to is not null`,
      [{ count: 1 }]
    )
    clock.move({ days: 4 })
    await minute()
    await cancel({ ...first, token: await house.openedBy(first.id) })
    await work()
    t.same(states(await line()), ['offered', 'waiting'], 'first in line, as they asked first')
  }
)

t.test('where the mailbox was marked shared, its address tells nobody of a place in line', async t => {
  const { ask, signInPerson, request, confirmedSeat } = await openRetreat(t, { max: 1 })
  await confirmedSeat('a')
  const token = await signInPerson(couple('typed').email)
  t.equal((await request('PUT', '/api/me/pin', { pin: '847261' }, token)).statusCode, 204)
  t.equal((await request('PUT', '/api/me/mailbox', { shared: true }, token)).statusCode, 200)
  await ask('typed')
  t.same((await request('GET', '/api/me/found-bookings', undefined, token)).json().items, [])
})

t.test('three days after it was asked for, nothing of an unproven address is left, and its page is gone', async t => {
  const { ask, wait, confirm, clock, minute, client, line, confirmedSeat } = await openRetreat(t, { max: 1 })
  await confirmedSeat('a')
  await ask('typed')
  await wait('b')
  const [row] = await client<{ id: string; person: string; client: string }[]>`
    select id, person_id as person, client_id as client from waitlist_entries where proven_at is null`
  clock.move({ hours: 71, minutes: 59 })
  await minute()
  t.match(await client`select count(*)::int from waitlist_entries`, [{ count: 2 }])
  clock.move({ minutes: 2 })
  await minute()
  t.match(await client`select count(*)::int from waitlist_entries`, [{ count: 1 }])
  t.match(await client`select count(*)::int from people where id = ${row?.person ?? ''}`, [{ count: 0 }])
  t.match(await client`select count(*)::int from clients where id = ${row?.client ?? ''}`, [{ count: 0 }])
  t.equal((await confirm('typed')).statusCode, 404)
  t.same(states(await line()), ['waiting'])
})

t.test('asked again, a mailbox has one place: the one that it proved first', async t => {
  const { app, ask, wait, confirm, line, lineToken, request, confirmedSeat, place } = await openRetreat(t, { max: 1 })
  await confirmedSeat('a')
  await wait('b')
  const token = lineToken('b')
  t.equal((await ask('b')).statusCode, 202)
  t.not(lineToken('b'), token)
  t.equal((await confirm('b')).statusCode, 204)
  t.equal((await confirm('b')).statusCode, 204, 'safe to repeat')
  t.equal(await place('b'), 'over')
  t.same(states(await line()), ['waiting'])
  t.match((await request('GET', `/api/waitlist-entries/${token}`)).json(), { state: 'waiting' })
  await ask('b')
  const page = await visitor(app).post(`/w/${lineToken('b')}/confirmation`)
  t.match([page.statusCode, page.headers.location], [303, `/w/${token}`], 'the page leads to the place that counts')
})

t.test(
  'known or unknown, waiting or with a seat: asking does the same and answers the same, and mails three an hour',
  async t => {
    const { ask, wait, confirmedSeat, client, mails, clock } = await openRetreat(t, { max: 1 })
    await confirmedSeat('a')
    await wait('b')
    const rows = async () => {
      const [row] = await client<{ entries: number; people: number; clients: number }[]>`
      select (select count(*)::int from waitlist_entries) as entries, (select count(*)::int from people) as people,
        (select count(*)::int from clients) as clients`
      return row
    }
    const before = await rows()
    const written = []
    for (const word of ['a', 'b', 'nobody']) {
      const { statusCode, body } = await ask(word)
      written.push({ statusCode, body, ...(await rows()) })
    }
    t.same(
      written,
      [1, 2, 3].map(more => ({
        statusCode: 202,
        body: 'null',
        entries: (before?.entries ?? 0) + more,
        people: (before?.people ?? 0) + more,
        clients: (before?.clients ?? 0) + more
      }))
    )
    const asked = () => mails.filter(({ to, text }) => to === couple('nobody').email && text.includes('/w/')).length
    for (let time = 0; time < 4; time++) t.equal((await ask('nobody')).statusCode, 202)
    t.equal(asked(), 3, 'beyond that nothing is sent, and nothing is said')
    clock.move({ hours: 1, seconds: 1 })
    await ask('nobody')
    t.equal(asked(), 4)
  }
)

t.test('the practice’s yes proves as well, and a seat that is free is then kept for them', async t => {
  const { ask, wait, edition, request, staff, line, work, client } = await openRetreat(t, { max: 1 })
  await ask('typed')
  const roster = async () => (await request('GET', `/api/editions/${edition}/roster`, undefined, staff)).json()
  const [entry] = (await roster()).waitlist
  t.match(entry, { state: 'waiting', proven: false, approved: false })
  t.match((await roster()).seats, { waiting: 0, offered: 0 })
  t.equal((await request('POST', `/api/waitlist-entries/${entry.id}/approval`, undefined, staff)).statusCode, 204)
  await work()
  t.same(states(await line()), ['offered'])
  t.match((await roster()).waitlist, [{ state: 'offered', proven: true, approved: true }])
  await ask('typed')
  const [again] = await client<{ id: string }[]>`select id from waitlist_entries where proven_at is null`
  const refused = await request('POST', `/api/waitlist-entries/${again?.id}/approval`, undefined, staff)
  t.match(refused.json(), { status: 409, type: '/problems/not-in-line' })
  await wait('b')
  t.same(states(await line()), ['offered', 'waiting'])
})

t.test('when the dates are cancelled, an address that nobody proved is not written to again', async t => {
  const { ask, wait, confirmedSeat, edition, request, staff, work, mails } = await openRetreat(t, { max: 1 })
  await confirmedSeat('a')
  await ask('typed')
  await wait('b')
  await request('PATCH', `/api/editions/${edition}`, { state: 'cancelled' }, staff)
  await work()
  const told = (word: string) => mails.filter(({ to }) => to === couple(word).email).length
  t.equal(told('typed'), 1)
  t.equal(told('b'), 2)
})
