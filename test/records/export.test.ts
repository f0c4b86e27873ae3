import t, { type Test } from 'tap'
import { one, openCouple, other } from '../support/couple.ts'
import { open } from '../support/open.ts'
import { visitor } from '../web/visitor.ts'

const path = '/api/me/export'

/** Jo and Sam: each with a session of their own, paid, one for both, and what each said to the practice. */
async function openTwo(t: Test) {
  const house = await openCouple(t, { limits: { codesAnHour: 100, answers: 1000 } })
  const { request, client, gateway, work, therapist, jo, sam, couple } = house
  const bookAs = async (token: string, sessionType: string, start: string) =>
    (await request('POST', '/api/bookings', { sessionType, start, consent: { termsVersion: 1 } }, token)).json()
  const pay = async (id: string) => {
    const [attempt] = await client<{ id: string; checkout: string }[]>`
      select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`
    gateway.pay(attempt?.checkout ?? '')
    await request('GET', `/x/${attempt?.id}`)
    await work()
  }
  for (const [token, name] of [
    [jo, 'Qzjo'],
    [sam, 'Qzsam']
  ] as const)
    await request('PATCH', '/api/me/preferences', { name, calendarTitle: `${name}’s own title` }, token)
  const alone = {
    jo: await bookAs(jo, 'individual', '2027-02-09T15:00:00Z'),
    sam: await bookAs(sam, 'individual', '2027-02-10T16:00:00Z')
  }
  for (const { id } of Object.values(alone)) await pay(id)
  const both = await bookAs(jo, 'couples', '2027-02-11T18:00:00Z')
  await request('POST', `/api/bookings/${both.id}/acceptance`, { answer: 'accept' }, sam)
  await request('POST', `/api/bookings/${both.id}/approval`, { approved: true, note: 'Qznote of staff' }, therapist)
  await request('POST', `/api/bookings/${both.id}/payment`, undefined, jo)
  await pay(both.id)
  const { url } = (await request('POST', '/api/partner-invitations', { text: 'curiosity' }, jo)).json()
  const link = String(url).split('/p/')[1] ?? ''
  const say = (given: object) => request('POST', `/api/partner-invitations/${link}/answers`, given)
  await say({ kind: 'concern', concern: 'privacy', words: 'Qzkept of Sam' })
  await say({ kind: 'concern', concern: 'time', words: 'Qzshown of Sam', audience: 'inviter' })
  await request('POST', '/api/me/feeds', {}, sam)
  return { ...house, alone, both, link, couple }
}

t.test(
  'misuse story 11: one asks for an export with joint records, and gets no more than their own pages show',
  async t => {
    const house = await openTwo(t)
    const { request, client, jo, sam, therapist, alone, both, link, couple } = house
    const [asked, other] = [await request('POST', path, undefined, jo), await request('POST', path, undefined, sam)]
    t.equal(asked.statusCode, 200, asked.body)
    const [mine, theirs] = [asked.json(), other.json()]
    t.match(mine, {
      you: { name: 'Qzjo', email: one.email, calendarTitle: 'Qzjo’s own title' },
      bookings: [
        { id: alone.jo.id, sessionType: 'individual', state: 'confirmed', price: { amount: 25000 } },
        { id: both.id, sessionType: 'couples', state: 'confirmed', price: { amount: 40000 } }
      ],
      payments: [
        { booking: alone.jo.id, entry: 'charge', amount: { amount: 25000, currency: 'USD' } },
        { booking: both.id, entry: 'charge', amount: { amount: 40000, currency: 'USD' } }
      ],
      consents: [{ document: 'begin-together' }],
      pagesToShare: [{ state: 'open' }]
    })
    t.match(theirs, {
      you: { name: 'Qzsam' },
      bookings: [{ id: alone.sam.id }, { id: both.id, state: 'confirmed' }],
      payments: [{ booking: alone.sam.id }],
      calendars: [{ fetchedAt: null }],
      pagesToShare: []
    })
    t.notOk('price' in theirs.bookings[1] || 'dues' in theirs.bookings[1], 'nothing of what the other pays')
    for (const [name, body, file] of [
      ['Jo', asked.body, mine],
      ['Sam', other.body, theirs]
    ] as const) {
      const token = name === 'Jo' ? jo : sam
      const { items } = (await request('GET', '/api/me/bookings', undefined, token)).json()
      for (const [index, booking] of file.bookings.entries())
        t.match(items[index], booking, `${name}’s bookings say what their own page says`)
      t.equal(items.length, file.bookings.length)
      t.notMatch(
        body,
        name === 'Jo' ? /Qzsam|sam@|Sam’s|Okafor/ : /Qzjo|jo@|my husband/,
        `nothing of whom ${name} is with`
      )
      t.notMatch(body, name === 'Jo' ? alone.sam.id : alone.jo.id, 'not that the other comes alone')
      t.notMatch(body, /Qzkept|Qzshown|Qznote|token|https?:|cs_|hand|flag|approv/i, 'no words of others, no link')
      t.notMatch(body, link)
    }
    t.equal((await request('PUT', `/api/clients/${couple}/safety-flag`, undefined, therapist)).statusCode, 204)
    t.equal((await request('POST', path, undefined, jo)).body, asked.body, 'a safety flag changes no byte')
    t.equal((await request('POST', path, undefined, sam)).body, other.body)
    t.match(
      await client`select actor, subjects from audit where kind = 'exported-own' order by at, id limit 1`,
      [{ actor: `person:${mine.you.id}`, subjects: [mine.you.id, alone.jo.id, both.id] }],
      'the asking is written down'
    )
  }
)

t.test('an export is made within ten minutes of signing in, and by nobody who did not prove themselves', async t => {
  const house = await open(t, { limits: { codesAnHour: 100 } })
  const { request, confirmed, signInPerson, clock, signIn } = house
  const booked = await confirmed()
  const token = await signInPerson()
  const fresh = await request('POST', path, undefined, token)
  t.match(fresh.headers, {
    'cache-control': 'no-store',
    'content-disposition': 'attachment; filename="data.json"',
    'content-type': /^application\/json/
  })
  t.same(fresh.json().bookings, [], 'what was booked with the address is theirs by their own yes alone')
  for (const by of [undefined, booked.token]) t.equal((await request('POST', path, undefined, by)).statusCode, 401)
  t.equal((await request('POST', path, undefined, await signIn())).statusCode, 403)
  t.equal((await request('GET', path, undefined, token)).statusCode, 405)
  clock.move({ minutes: 10 })
  t.match((await request('POST', path, undefined, token)).json(), { type: '/problems/sign-in-anew', status: 403 })
  t.equal((await request('GET', '/api/me', undefined, token)).statusCode, 200, 'all else is open as before')
  t.equal((await request('POST', path, undefined, await signInPerson())).statusCode, 200)
})

t.test('where a second step is set up, it is the step that makes a sign-in fresh', async t => {
  const { request, signInPerson, clock } = await open(t, { limits: { codesAnHour: 100 } })
  const first = await signInPerson()
  t.equal((await request('PUT', '/api/me/pin', { pin: '847261' }, first)).statusCode, 204)
  clock.move({ minutes: 11 })
  t.match((await request('POST', path, undefined, first)).json(), { type: '/problems/sign-in-anew' })
  const token = await signInPerson()
  t.match((await request('POST', path, undefined, token)).json(), { type: '/problems/step-needed' })
  clock.move({ minutes: 11 })
  const step = { pin: '847261' }
  t.equal((await request('POST', '/api/sessions/current/second-step', step, token)).statusCode, 204)
  t.match((await request('POST', path, undefined, token)).json(), { secondSteps: { pin: true } })
})

t.test('on the page it is a file under a name that tells nothing; after ten minutes it says what to do', async t => {
  const house = await open(t)
  const { app, work, mails, clock } = house
  const browser = visitor(app)
  const asked = await browser.post('/sign-in', { email: other.email })
  await work()
  const [, code = ''] = /Your code: (\d{8})/.exec(mails.at(-1)?.text ?? '') ?? []
  await browser.post(String(asked.headers.location), { code })
  t.match((await browser.get('/me')).body, 'href="/me/data"')
  t.match((await browser.get('/me/data')).body, /Get the file/)
  const file = await browser.post('/me/data')
  t.match(file.headers, {
    'cache-control': 'no-store',
    'content-disposition': 'attachment; filename="data.json"',
    'referrer-policy': 'no-referrer'
  })
  t.match(JSON.parse(file.body), { you: { email: other.email }, practice: 'TIR Office' })
  clock.move({ minutes: 10 })
  const late = await browser.post('/me/data')
  t.equal(late.statusCode, 403)
  t.match(late.body, /Sign in again/)
  t.notMatch(late.body, /Get the file|sam@/)
  t.match((await browser.get('/me/data')).body, /signed in more than 10 minutes ago/)
})
