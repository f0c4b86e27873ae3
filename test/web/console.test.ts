import type { Test } from 'tap'
import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { aStart, open } from '../support/open.ts'
import { valuesOf, visitor, wordsOf } from './visitor.ts'

async function signedIn(t: Test) {
  const house = await open(t)
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  return { ...house, browser }
}

/** The fields of the opening hours' form as they stand on the page. */
async function hoursForm(browser: ReturnType<typeof visitor>) {
  const page = await browser.get('/console/opening-hours')
  const value = (name: string) => valuesOf(page, name)[0] ?? ''
  return { etag: value('etag').replaceAll('&#34;', '"'), therapist: value('therapist') }
}

const mondays = { 'rule-0-days': ['mon'], 'rule-0-from': '09:00', 'rule-0-to': '12:00' }

t.test('whoever is not signed in is asked to, on every page of the console', async t => {
  const { app } = await open(t)
  for (const address of ['/console', '/console/opening-hours', '/console/time-off']) {
    const answer = await visitor(app).get(address)
    t.equal(answer.statusCode, 401, address)
    t.match(answer.body, 'action="/console/sign-in"')
  }
})

t.test('a wrong password and an unknown address are answered in the same words, and the address is kept', async t => {
  const { app } = await open(t)
  const answers = []
  for (const email of ['jessica@example.com', 'nobody@example.com']) {
    const { statusCode, body } = await visitor(app).post('/console/sign-in', { email, password: 'wrong' })
    t.match(body, `value="${email}"`)
    answers.push({ statusCode, said: /role="alert">(.*?)</.exec(body)?.[1] })
  }
  t.same(answers[0], answers[1])
  t.match(answers[0], { statusCode: 401, said: /./ })
})

t.test('the agenda shows who comes, when and for what, and after signing out nothing', async t => {
  const { browser, book } = await signedIn(t)
  await book()
  const page = await browser.get('/console?week=2027-02-09')
  t.match(page.body, 'Jo Delgado')
  t.match(page.body, '10:00–11:20')
  t.match(page.body, 'not paid or confirmed yet')
  t.match(page.headers, { 'cache-control': 'no-store' })
  await browser.post('/console/sign-out')
  t.equal((await browser.get('/console')).statusCode, 401)
})

t.test('an empty week says what could be done about it', async t => {
  const { browser } = await signedIn(t)
  t.match((await browser.get('/console')).body, 'Nothing is booked in this week.')
})

t.test('saved opening hours change the times that clients see', async t => {
  const { app, browser } = await signedIn(t)
  const saved = await browser.post('/console/opening-hours', { ...(await hoursForm(browser)), ...mondays, do: 'save' })
  t.match(saved, { statusCode: 303, headers: { location: /saved=yes/ } })
  const times = await visitor(app).get('/sessions/couples/times?month=2027-02')
  const days = [...times.body.matchAll(/id="d2027-02-(\d\d)"/g)].map(([, day]) => day)
  t.same(days, ['08', '15', '22'])
})

t.test('what follows no opening hours is not among what they make possible', async t => {
  const { browser } = await signedIn(t)
  const { body } = await browser.get('/console/opening-hours')
  t.match(body, /A session for two: \d+ starts/)
  t.notMatch(body, /A retreat: \d/)
})

t.test('what staff may not do any more is told with a way back to the agenda', async t => {
  const { browser, confirmed, clock } = await signedIn(t)
  const { id } = await confirmed()
  clock.set(aStart)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  for (const page of ['move', 'cancellation']) {
    const answer = await browser.get(`/console/bookings/${id}/${page}`)
    t.equal(answer.statusCode, 409, page)
    t.match(answer.body, 'This appointment has begun: it can be neither changed nor cancelled any more.')
    t.match(answer.body, 'href="/console">', 'to the agenda')
    t.match(answer.body, 'aria-label="Console"')
    t.notMatch(answer.body, /Ask us|To the beginning|write to the practice/)
  }
})

t.test('what a form brought that no page of ours sends is told without where it stood', async t => {
  const { browser } = await signedIn(t)
  const { statusCode, body } = await browser.post('/console/editions', {})
  t.equal(statusCode, 422)
  const told = /<p class="lede">(.*?)<\/p>/.exec(body)?.[1] ?? ''
  t.match(told, /^[A-Z].*\.$/)
  t.notMatch(told, /\/\w+:/)
})

t.test('rows are added and removed without saving, and without JavaScript', async t => {
  const { browser } = await signedIn(t)
  const form = { ...(await hoursForm(browser)), ...mondays }
  const more = await browser.post('/console/opening-hours', { ...form, do: 'add-rule' })
  t.match(more.body, 'name="rule-1-from"')
  t.notMatch(more.body, 'name="rule-2-from"')
  const none = await browser.post('/console/opening-hours', { ...form, do: 'remove-rule-0' })
  t.notMatch(none.body, 'name="rule-0-from"')
  t.match((await browser.get('/console/opening-hours')).body, 'name="rule-2-from"', 'what is saved is as it was')
})

t.test('hours that somebody else saved meanwhile are not overwritten, and what was typed is kept', async t => {
  const { browser } = await signedIn(t)
  const form = { ...(await hoursForm(browser)), ...mondays, do: 'save' }
  await browser.post('/console/opening-hours', form)
  const late = await browser.post('/console/opening-hours', { ...form, 'rule-0-from': '10:15' })
  t.equal(late.statusCode, 412)
  t.match(late.body, 'Somebody saved these hours while you were changing them')
  t.match(late.body, 'value="10:15"')
})

t.test('a row without a day or with its end before its start is told at its field', async t => {
  const { browser } = await signedIn(t)
  const form = {
    ...(await hoursForm(browser)),
    do: 'save',
    'rule-0-from': '12:00',
    'rule-0-to': '09:00',
    'day-0-date': ''
  }
  const answer = await browser.post('/console/opening-hours', form)
  t.equal(answer.statusCode, 422)
  t.match(answer.body, 'Row 1: choose at least one day')
  t.match(answer.body, 'Day 1: choose the day')
})

t.test('time off is given by the local clock, shows first what is sold in it, and can be removed', async t => {
  const { app, browser, book, client } = await signedIn(t)
  await book()
  const off = { therapist: 'jessica', start: '2027-02-09T09:00', end: '2027-02-10T00:00' }
  const asked = await browser.post('/console/time-off', off)
  t.match(asked, { statusCode: 200 })
  t.match(asked.body, 'Already booked in this time')
  t.match(asked.body, 'Tue 9 Feb, 10:00–11:20 EST · Jo Delgado')
  t.match(asked.body, /href="\/console\/bookings\/[\w-]{36}">Not paid or confirmed yet: see its own page/)
  t.same(await client`select 1 from time_off`, [], 'nothing is added before it is answered')
  const [name = ''] = /choice-[\w-]{36}(?=")/.exec(asked.body) ?? []
  const added = await browser.post('/console/time-off', { ...off, seen: 'yes', [name]: 'keep' })
  t.match(added, { statusCode: 303, headers: { location: '/console/time-off?therapist=jessica' } })
  const slots = async () =>
    valuesOf(await visitor(app).get('/sessions/individual/times?day=2027-02-09&month=2027-02'), 'slot')
  t.notOk((await slots()).some(slot => slot.startsWith('2027-02-09')))
  const [, removal = ''] =
    /action="(\/console\/time-off\/[^"]+\/removal)"/.exec((await browser.get('/console/time-off')).body) ?? []
  await browser.post(removal, { therapist: 'jessica' })
  t.ok((await slots()).every(slot => slot.startsWith('2027-02-09') && !slot.startsWith(aStart)))
})

t.test('that its therapist is away stands on a booking’s page, before the yes as after it', async t => {
  const { browser, book, client, request, signIn } = await signedIn(t)
  const { id } = (await book()).json()
  const told = async () => /you are away/.test((await browser.get(`/console/bookings/${id}`)).body)
  const off = { start: '2027-02-09T14:00:00Z', end: '2027-02-10T05:00:00Z' }
  t.equal((await request('POST', '/api/therapists/jessica/time-off', off, await signIn())).statusCode, 201)
  for (const [state, away] of [
    ['held', false],
    ['requested', true],
    ['confirmed', true]
  ] as const) {
    const confirmed = state === 'confirmed'
    await client`update bookings set state = ${state}, confirmed_at = case when ${confirmed} then created_at end`
    t.equal(await told(), away, state)
  }
  await client`delete from time_off`
  t.notOk(await told())
})

t.test('what is asked for in an absence is declined there, and not cancelled', async t => {
  const { browser, book, client } = await signedIn(t)
  await book()
  await client`update bookings set state = 'requested'`
  const off = { therapist: 'jessica', start: '2027-02-09T09:00', end: '2027-02-10T00:00' }
  const { body } = await browser.post('/console/time-off', off)
  t.match(body, 'Not confirmed yet: accept or decline it on its own page')
  t.match(body, 'Decline it: nothing was charged')
  t.notMatch(body, 'Cancel it')
})

t.test('an absence and what becomes of the bookings in it are one form, and its progress is a page', async t => {
  const { browser, confirmed, work, client } = await signedIn(t)
  await confirmed()
  const off = { therapist: 'jessica', start: '2027-02-09T09:00', end: '2027-02-10T00:00' }
  const asked = await browser.post('/console/time-off', off)
  t.match(asked.body, 'Cancel it: $400 goes back')
  const [, appointment = ''] = /choice-([\w-]{36})"/.exec(asked.body) ?? []
  const started = await browser.post('/console/time-off', { ...off, seen: 'yes', [`choice-${appointment}`]: 'cancel' })
  t.match(started, { statusCode: 303, headers: { location: /^\/console\/time-off\/changes\// } }, started.body)
  const progress = String(started.headers.location)
  t.match((await browser.get(progress)).body, '0 of 1 done.')
  await work()
  const { body } = await browser.get(progress)
  t.match(body, '1 of 1 done.')
  t.match(body, 'Cancelled')
  t.match(await client`select state from bookings`, [{ state: 'cancelled' }])
})

t.test(
  'the therapist looks at a booking, suggests another time, takes it back, and cancels with the sum in sight',
  async t => {
    const { app, confirmed, client, gateway, work } = await open(t)
    const { id } = await confirmed()
    const browser = visitor(app)
    await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    const own = `/console/bookings/${id}`
    t.match((await browser.get('/console?week=2027-02-08')).body, `href="${own}"`)
    t.match((await browser.get(own)).body, 'Jo Delgado')
    const start = '2027-02-10T15:00:00Z'
    t.ok(valuesOf(await browser.get(`${own}/move?from=2027-02-10`), 'start').includes(start))
    await browser.post(`${own}/move`, { start })
    const asked = await browser.get(own)
    t.match(asked.body, 'You suggested another time')
    const [appointment = ''] = valuesOf(asked, 'appointment')
    await browser.post(`${own}/move-answer`, { appointment, answer: 'decline' })
    t.notMatch((await browser.get(own)).body, 'You suggested another time')
    await browser.post(`${own}/move`, { start, agreed: 'yes' })
    t.match(wordsOf(await browser.get(own)), 'Wed 10 Feb, 10:00–11:20')
    t.match((await browser.get(`${own}/cancellation`)).body, '$400 goes back to whoever paid')
    t.equal((await browser.post(`${own}/cancellation`, { by: 'practice' })).headers.location, own)
    t.match((await browser.get(own)).body, 'Cancelled by us: $400 back')
    await work()
    t.equal(gateway.refunds.size, 1)
    const kinds = (await client`select kind from audit order by id`).map(({ kind }) => kind)
    for (const kind of ['read-booking', 'moved', 'cancelled']) t.ok(kinds.includes(kind), kind)
  }
)

t.test('a client who asks for another time is found among what waits for an answer', async t => {
  const { app, confirmed, clock, openedBy, request } = await open(t)
  const { id, appointment } = await confirmed()
  clock.set('2027-02-08T12:00:00Z')
  const start = '2027-02-11T15:00:00Z'
  await request('POST', `/api/appointments/${appointment}/move`, { start }, await openedBy(id))
  const browser = visitor(app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  t.match((await browser.get('/console?week=2027-03-01')).body, /To answer[\s\S]*asks for another time/)
  const answer = { appointment, answer: 'accept' }
  await browser.post(`/console/bookings/${id}/move-answer`, answer)
  t.match(wordsOf(await browser.get(`/console/bookings/${id}`)), 'Thu 11 Feb, 10:00–11:20')
  t.notMatch((await browser.get('/console?week=2027-03-01')).body, 'To answer')
})

t.test(
  'an assistant cancels in the console, and another therapist looks at what was cancelled, without a sum',
  async t => {
    const { app, confirmed, client } = await open(t)
    const { id } = await confirmed()
    const own = `/console/bookings/${id}`
    const browser = visitor(app)
    await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    await client`update staff set roles = '{assistant}'`
    const before = await browser.get(`${own}/cancellation`)
    t.match(before.body, 'all that was paid goes back')
    t.equal((await browser.post(`${own}/cancellation`, { by: 'practice' })).headers.location, own)
    const after = await browser.get(own)
    t.match(after.body, 'Cancelled by us.')
    await client`update resources set person_id = (select booker_id from bookings) where kind = 'therapist'`
    await client`update staff set roles = '{therapist}'`
    const foreign = await browser.get(own)
    t.match(foreign, { statusCode: 200, body: 'Taken' })
    t.notMatch(foreign.body, 'Cancelled by')
    for (const { body } of [before, after, foreign]) t.notMatch(body, /\$\d/)
  }
)

t.test('what a client cancels by telephone is recorded as theirs: their bands apply, and the mail says so', async t => {
  const { app, confirmed, client, clock, work, gateway, mails } = await open(t)
  const { id } = await confirmed()
  const own = `/console/bookings/${id}`
  const browser = visitor(app)
  const signIn = () => browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  clock.set('2027-02-07T14:55:00Z')
  await signIn()
  const early = await browser.get(`${own}/cancellation`)
  t.match(early.body, 'If the client has told you to cancel, $400 goes back to whoever paid.')
  clock.set('2027-02-07T15:06:00Z')
  const late = await browser.post(`${own}/cancellation`, { by: 'client', refund: '40000' })
  t.match(late, { statusCode: 409, body: /What comes back has changed meanwhile/ })
  t.match(late.body, 'If we cancel, $400 goes back to whoever paid.')
  t.match(late.body, 'If the client has told you to cancel, $0 goes back to whoever paid, and $400 is kept.')
  mails.splice(0)
  t.equal((await browser.post(`${own}/cancellation`, { by: 'client', refund: '0' })).headers.location, own)
  t.match((await browser.get(own)).body, 'Cancelled by the client: $0 back, $400 kept.')
  await work()
  t.equal(gateway.refunds.size, 0)
  t.match(mails.find(({ to }) => to === 'jo@example.com')?.text, 'is cancelled, as you asked')
  t.match(await client`select by, actor, band from cancellations`, [
    { by: 'client', actor: /^staff:/, band: '0-hours' }
  ])
  t.match(await client`select kind from audit where kind like 'cancelled%'`, [{ kind: 'cancelled-for-client' }])
})

t.test(
  'another therapist’s agenda tells that a time is taken, and nothing of what became of it or is asked of it',
  async t => {
    const { app, confirmed, client, request } = await open(t)
    const { token, appointment } = await confirmed()
    await confirmed({ start: '2027-02-10T15:00:00Z' })
    await client`update bookings set state = 'no_show' where id in (
    select booking_id from appointments where starts_at = '2027-02-10T15:00:00Z')`
    const far = '2027-02-11T15:00:00Z'
    await client`insert into proposals (practice_id, id, booking_id, appointment_id, starts_at, by, actor, created_at, expires_at, state)
    select practice_id, gen_random_uuid(), booking_id, id, ${far}, 'client', 'booking', starts_at, starts_at, 'open'
    from appointments where id = ${appointment}`
    await client`insert into proposal_answers (practice_id, proposal_id, by)
    select practice_id, id, 'practice' from proposals`
    const browser = visitor(app)
    await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    const week = async () => (await browser.get('/console?week=2027-02-08')).body
    const own = await week()
    for (const told of ['asks for another time', 'nobody came', 'Jo Delgado', 'To answer']) t.match(own, told)
    await client`update resources set person_id = (select booker_id from bookings limit 1) where kind = 'therapist'`
    await client`update staff set roles = '{therapist}'`
    const foreign = await week()
    t.equal(foreign.match(/<strong>Taken<\/strong>/g)?.length, 2)
    t.notMatch(foreign, /asks for another time|nobody came|Delgado|To answer|session for two/i)
    t.match((await request('GET', `/api/bookings?limit=5`, undefined, token)).statusCode, 401)
  }
)
