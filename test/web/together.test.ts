import t, { type Test } from 'tap'
import { one, openTwoYeses, other } from '../support/couple.ts'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { answers, openInvited } from '../support/partners.ts'
import { withoutRandom } from '../support/random.ts'
import { colleague } from '../support/staff.ts'
import { titleOf, valuesOf, visitor } from './visitor.ts'

type House = Awaited<ReturnType<typeof open>>

/** A browser in which this person is signed in. */
async function browserOf(house: House, email: string) {
  const browser = visitor(house.app)
  browser.cookies.set('person', await house.signInPerson(email))
  return browser
}

async function staffBrowser(house: House) {
  const browser = visitor(house.app)
  await browser.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  return browser
}

async function openPages(t: Test) {
  const house = await open(t)
  return { ...house, jo: await browserOf(house, one.email), sam: await browserOf(house, other.email) }
}

t.test(
  'without JavaScript each says yes on a page of their own, and it reads the same before and after the other’s',
  async t => {
    const { jo, sam } = await openPages(t)
    const form = await jo.get('/me/start')
    t.equal(form.statusCode, 200, form.body)
    t.equal(titleOf(form), 'Appointment', 'nothing telling in tab and history')
    const empty = await jo.post('/me/start', { whom: '' })
    t.match(empty, { statusCode: 422, body: /Say with whom/ })
    t.equal((await jo.post('/me/start', { whom: 'Sam' })).statusCode, 303)
    const before = await jo.get('/me/start')
    t.match(before.body, 'Noted. Nothing happens until the practice gets in touch.')
    t.equal((await sam.post('/me/start', { whom: 'Jo' })).statusCode, 303)
    const after = await jo.get('/me/start')
    t.equal(after.body, before.body, 'the same bytes')
    t.same({ ...after.headers, date: '' }, { ...before.headers, date: '' })
  }
)

t.test('the therapist finds both, asks both, and each agrees on their own page', async t => {
  const house = await openPages(t)
  const { jo, sam, client } = house
  await jo.post('/me/start', { whom: 'Sam', name: 'Jo Delgado' })
  await sam.post('/me/start', { whom: 'Jo' })
  const staff = await staffBrowser(house)
  const list = await staff.get('/console/beginnings')
  t.match(list.body, /Jo Delgado.*by address, not verified/s)
  const yes = valuesOf(list, 'yes')
  t.equal(yes.length, 2)
  const unspoken = await staff.post('/console/beginnings', { yes, answer: 'approve' })
  t.match(unspoken, { statusCode: 422, body: /Speak with each of the two first/ })
  const one = await staff.post('/console/beginnings', { yes: yes.slice(1), spokenWithEach: 'yes', answer: 'approve' })
  t.match(one, { statusCode: 422, body: /Name the two yeses/ })
  t.equal((await staff.post('/console/beginnings', { yes, spokenWithEach: 'yes', answer: 'approve' })).statusCode, 303)
  t.match((await staff.get('/console/beginnings')).body, /Asked to begin together/)
  for (const browser of [jo, sam]) {
    const page = await browser.get('/me/start')
    t.match(page.body, /In work with a couple the therapist decides with you/)
    const [hash = ''] = valuesOf(page, 'hash')
    t.equal((await browser.post('/me/start/answer', { agree: 'yes', hash })).statusCode, 303)
  }
  const together = await jo.get('/me/start')
  t.match(together.body, /Some appointments are confirmed personally\./)
  const [couple] = await client<{ id: string }[]>`select id from clients where kind = 'couple'`
  const page = await staff.get(`/console/clients/${couple?.id}`)
  t.match(page.body, /Theirs alone: the other sees nothing of it/)
  t.match((await staff.get('/console/clients')).body, `/console/clients/${couple?.id}`)
  const confirm = await jo.get(`/me/leaving/${couple?.id}`)
  t.match(confirm.body, /From now on you belong to this only in the past/)
  t.match((await jo.post(`/me/leaving/${couple?.id}`)).body, /This has ended/)
  t.notMatch((await sam.get('/me/start')).body, /The two of you/, 'it has ended for both')
})

t.test('a yes is handed over on the page, to another therapist whom the practice has', async t => {
  const house = await openTwoYeses(t)
  const staff = await staffBrowser(house)
  t.notMatch((await staff.get('/console/beginnings')).body, 'Hand over', 'while there is nobody else')
  const { person: rivka } = await colleague(house, 'rivka', ['therapist'])
  const list = await staff.get('/console/beginnings')
  t.match(list.body, /<option value="rivka"[^>]*>rivka<\/option>/)
  t.notMatch(list.body, '<option value="jessica"')
  const [first = ''] = valuesOf(list, 'yes')
  const nobody = await staff.post('/console/beginnings', { yes: first, answer: 'hand_over', therapist: 'nobody' })
  t.match(nobody, { statusCode: 422 })
  const handed = await staff.post('/console/beginnings', { yes: first, answer: 'hand_over', therapist: 'rivka' })
  t.equal(handed.statusCode, 303)
  t.notMatch((await staff.get('/console/beginnings')).body, first)
  t.match(await house.client`select therapist_id as id from yeses where id = ${first}`, [{ id: rivka }])
})

t.test('a flag is raised and taken away on the client’s page by the therapist, and is on nobody else’s', async t => {
  const house = await open(t)
  const { client, confirmed } = house
  await confirmed()
  const [couple] = await client<{ id: string }[]>`select id from clients where kind = 'couple'`
  const staff = await staffBrowser(house)
  const path = `/console/clients/${couple?.id}`
  t.equal((await staff.post(`${path}/safety-flag`, { flag: 'raise' })).statusCode, 303)
  t.match((await staff.get(path)).body, /It stands\. You and the owner see it/)
  const kept = await staff.post(`${path}/confirmation`, { confirmation: 'usual' })
  t.match(kept, { statusCode: 409, body: /stay confirmed personally/ })
  await client`update staff set roles = '{assistant}'`
  t.notMatch(withoutRandom((await staff.get(path)).body), /flag/i)
  await client`update staff set roles = '{therapist}'`
  await staff.post(`${path}/safety-flag`, { flag: 'away' })
  t.match((await staff.get(path)).body, /For when one of the two may not be safe/)
})

t.test('the owner makes the practice’s choices on a page that chooses nothing beforehand', async t => {
  const house = await open(t)
  await house.client`update practices set policies = policies - 'secrets' - 'conversion'`
  const staff = await staffBrowser(house)
  const page = await staff.get('/console/choices')
  t.notMatch(page.body, /<input[^>]* checked/)
  const half = await staff.post('/console/choices', { secrets: 'kept' })
  t.match(half, { statusCode: 422, body: /Choose how two begin/ })
  t.equal((await staff.post('/console/choices', { secrets: 'kept', conversion: 'refer_out' })).statusCode, 303)
  t.equal((await staff.get('/console/choices')).body.match(/<input[^>]* checked/g)?.length, 2)
})

t.test(
  'the owner edits whom to call on the same page, and what was typed wrongly stands there to be mended',
  async t => {
    const house = await open(t)
    const staff = await staffBrowser(house)
    const page = await staff.get('/console/choices')
    const etag = /name="etag" value="&#34;([^"]+)&#34;"/.exec(page.body)?.[1]
    t.match(page.body, /<textarea[^>]*id="emergency"[^>]*>[^<]*911/)
    const choices = { etag: `"${etag}"`, secrets: 'kept', conversion: 'refer_out', replyWithin: 'one day' }
    const wrong = await staff.post('/console/choices', { ...choices, emergency: 'Call 112.' })
    t.equal(wrong.statusCode, 422)
    t.match(wrong.body, /<a href="#emergency"[^>]*>Write 20 to 600 characters/)
    t.match(wrong.body, /<textarea[^>]*aria-invalid="true"[^>]*>[^<]*Call 112\./)
    t.match(wrong.body, 'value="one day"')
    const emergency = 'In danger call 112, at any time.'
    t.equal((await staff.post('/console/choices', { ...choices, emergency })).statusCode, 303)
    t.match((await staff.get('/console/choices')).body, emergency)
    const late = await staff.post('/console/choices', { ...choices, emergency: 'In danger call 999, at any time.' })
    t.equal(late.statusCode, 412, 'somebody else saved meanwhile')
    t.match(late.body, emergency, 'and what they saved is shown')
  }
)

t.test('who has just read a reply by their five words is still who they are signed in as', async t => {
  const house = await openInvited(t)
  const { request, answer, signInPerson, client } = house
  const { returnWords } = (await answer(answers.question)).json()
  const sam = visitor(house.app)
  const token = await signInPerson(other.email)
  sam.cookies.set('person', token)
  t.equal((await sam.post('/r', { words: returnWords })).statusCode, 303)
  t.match((await sam.get('/r/thread')).body, 'MARKED-QUESTION')
  const wanted = { sessionType: 'individual', start: '2027-02-10T15:00:00Z', consent: { termsVersion: 1 } }
  const booked = (await request('POST', '/api/bookings', wanted, token)).json()
  t.equal((await sam.get(`/b/${booked.id}`)).statusCode, 200, 'their own booking opens')
  const slot = '2027-02-11T15:00:00Z jessica office'
  const choice = await sam.post('/b', { type: 'individual', slot, zone: 'America/New_York' })
  const sent = { name: 'Sam', consent: 'yes', termsVersion: '1' }
  t.equal((await sam.post(String(choice.headers.location), sent)).statusCode, 303)
  const own =
    await client`select count(*)::int from bookings where booker_id = (select booker_id from bookings where id = ${booked.id})`
  t.match(own, [{ count: 2 }], 'and what they book is theirs')
  t.match((await sam.get('/r/thread')).body, 'MARKED-QUESTION', 'the words open what they opened')
})

t.test('whoever is not signed in is asked to, on each of these pages', async t => {
  const { app } = await openTwoYeses(t)
  for (const address of ['/me/start', '/console/beginnings', '/console/clients', '/console/choices'])
    t.equal((await visitor(app).get(address)).statusCode, 401, address)
})
