import t, { type Test } from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { one, openCouple, other } from '../support/couple.ts'
import { staffPassword } from '../support/database.ts'
import { visitor } from '../web/visitor.ts'

const start = '2027-02-23T15:00:00Z'

/** A couple that asks for a form before which the practice speaks with each of the two, alone. */
async function openAsked(t: Test) {
  const house = await openCouple(t)
  const { client, request, clock, work, mails } = house
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules', v.rules || '{"callEach": true}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'couples'`
  await client`update session_types set version = version + 1 where slug = 'couples'`
  const consent = { termsVersion: 1 }
  /** By whoever is signed in just now: the clock has moved since the last sign-in. */
  const ask = async (): Promise<string> => {
    const body = { sessionType: 'couples', start, consent }
    return (await request('POST', '/api/bookings', body, await house.signInPerson(one.email))).json().id
  }
  /** A private call, booked by whoever is signed in and confirmed by the mailed code. @returns its appointment */
  const call = async (token: string | undefined, at: string, person?: object) => {
    const body = { sessionType: 'consultation', start: at, consent, ...(person && { person }) }
    const booked = await request('POST', '/api/bookings', body, token)
    await work()
    const code = /Your code: (\d{8})/.exec(mails.findLast(({ subject }) => subject === 'Your code')?.text ?? '')?.[1]
    const { id, token: own, appointments } = booked.json()
    const confirmed = await request('POST', `/api/bookings/${id}/confirmation`, { code }, own)
    if (confirmed.statusCode !== 200) throw new Error(`The call is not confirmed: ${confirmed.body}`)
    return String(appointments[0].id)
  }
  const came = async (appointment: string, attendance: 'attended' | 'absent' = 'attended') => {
    const [row] = await client<{ person: string }[]>`
      select booker_id as person from bookings b join appointments a on a.booking_id = b.id where a.id = ${appointment}`
    const body = { people: [{ person: row?.person, attendance }] }
    const staff = await house.signIn()
    const put = await request('POST', `/api/appointments/${appointment}/attendance`, body, staff)
    if (put.statusCode >= 300) throw new Error(`Nobody came: ${put.body}`)
  }
  const approve = async (id: string, approved = true) =>
    request('POST', `/api/bookings/${id}/approval`, { approved }, await house.signIn())
  const states = async (id: string) =>
    (await request('GET', `/api/bookings/${id}/calls`, undefined, await house.signIn()))
      .json()
      .items.map(({ state }: { state: string }) => state)
  clock.set('2027-02-08T12:00:00Z')
  const [jo, sam] = [await house.signInPerson(one.email), await house.signInPerson(other.email)]
  return { ...house, jo, sam, ask, call, came, approve, states }
}

t.test('an approval waits for a private call with each: booked by each, and held', async t => {
  const { jo, sam, ask, call, came, approve, states, clock } = await openAsked(t)
  const first = await call(jo, '2027-02-09T15:00:00Z')
  const second = await call(sam, '2027-02-09T16:00:00Z')
  clock.set('2027-02-10T12:00:00Z')
  await came(first)
  const id = await ask()
  t.same(await states(id), ['held', 'booked'])
  const early = await approve(id)
  t.match(early.json(), { type: '/problems/calls-first', status: 409 }, early.body)
  await came(second)
  t.same(await states(id), ['held', 'held'])
  const given = await approve(id)
  t.equal(given.statusCode, 200, given.body)
})

t.test('staff reads beside a request which call is missing, and is offered a yes once both took place', async t => {
  const { app, jo, sam, ask, call, came, clock } = await openAsked(t)
  const first = await call(jo, '2027-02-09T15:00:00Z')
  const second = await call(sam, '2027-02-09T16:00:00Z')
  clock.set('2027-02-10T12:00:00Z')
  await came(first)
  const page = `/console/bookings/${await ask()}`
  const staff = visitor(app)
  await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const before = (await staff.get(page)).body
  t.match(before, /: took place, Tue 9 Feb, 10:00 EST[\s\S]*: booked, Tue 9 Feb, 11:00 EST/)
  t.notMatch(before, 'value="accept"')
  t.match(before, 'value="decline"')
  const early = await staff.post(`${page}/approval`, { answer: 'accept' })
  t.equal(early.statusCode, 409, 'from the agenda it could be asked for all the same')
  t.match(early.body, /role="alert"[^>]*>A private call with each comes first/)
  t.match(early.body, ': booked, Tue 9 Feb, 11:00 EST', 'and what is missing stands there')
  await came(second)
  t.match((await staff.get(page)).body, 'value="accept"')
  t.match(await staff.post(`${page}/approval`, { answer: 'accept' }), {
    statusCode: 303,
    headers: { location: '/console' }
  })
  t.match(await staff.post(`${page}/approval`, { answer: 'accept' }), {
    statusCode: 409,
    body: /does not wait for the practice/
  })
})

t.test('a call that one booked for the other does not count, and who does not come leaves it open', async t => {
  const { jo, ask, call, came, approve, states, clock, signInPerson } = await openAsked(t)
  const mine = await call(jo, '2027-02-09T15:00:00Z')
  const forSam = await call(undefined, '2027-02-09T16:00:00Z', { ...other, name: 'Sam by Jo' })
  clock.set('2027-02-10T12:00:00Z')
  await came(mine)
  await came(forSam)
  const id = await ask()
  t.same(await states(id), ['held', 'none'], 'whoever booked “for” the other proved nothing')
  t.match((await approve(id)).json(), { type: '/problems/calls-first' })
  const own = await call(await signInPerson(other.email), '2027-02-11T15:00:00Z')
  clock.set('2027-02-11T18:00:00Z')
  await came(own, 'absent')
  t.same(await states(id), ['held', 'missed'])
  t.match((await approve(id)).json(), { type: '/problems/calls-first' }, 'it simply stays open')
})

t.test('declined after the calls, both read the one standard text, and the same', async t => {
  const { ask, approve, work, mails } = await openAsked(t)
  const id = await ask()
  await work()
  mails.length = 0
  t.equal((await approve(id, false)).statusCode, 200)
  await work()
  const told = mails.filter(({ to }) => to === one.email || to === other.email)
  t.same(told.map(({ to }) => to).sort(), [one.email, other.email])
  t.equal(told[0]?.text, told[1]?.text)
  t.match(told[0]?.text, /^Hello, thank you for your time\. We do not think this form is the right one at present/)
})

t.test(
  'each reads on the page of what they asked for how far their own call is, and nothing of the other’s',
  async t => {
    const { jo, ask, call, came, clock, signInPerson, request, app, deps } = await openAsked(t)
    const held = await call(jo, '2027-02-09T15:00:00Z')
    clock.set('2027-02-10T12:00:00Z')
    await came(held)
    const id = await ask()
    const tokens = { [one.email]: await signInPerson(one.email), [other.email]: await signInPerson(other.email) }
    const browsers = { [one.email]: visitor(app), [other.email]: visitor(app) }
    const page = async (email: string) => {
      const browser = browsers[email] ?? visitor(app)
      browser.cookies.set(cookieNames(deps.settings).person, tokens[email] ?? '')
      return (await browser.get(`/b/${id}`)).body
    }
    const home = async (email: string) => (await browsers[email]?.get('/me'))?.body
    t.match(await page(one.email), 'Yours took place.')
    t.match(await home(one.email), 'not yet confirmed: a private call with each of you comes first')
    t.notMatch(await page(other.email), /private call/, 'nothing before they have said whether the time suits them')
    await request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept' }, tokens[other.email])
    const without = await page(one.email)
    t.match(await page(other.email), /Yours is not booked yet\.[\s\S]*Times for a call/)
    await call(tokens[other.email], '2027-02-12T15:00:00Z')
    t.match(await page(other.email), 'Yours is booked: Fri 12 Feb, 10:00 EST.')
    t.equal(await page(one.email), without, 'the one whose call took place sees nothing of it')
  }
)
