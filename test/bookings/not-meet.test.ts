import t, { type Test } from 'tap'
import { listOwnNotMeet } from '../../src/bookings/not-meet.ts'
import { sealChoice } from '../../src/web/choice.ts'
import { staffPassword } from '../support/database.ts'
import { firstDay, openRetreat } from '../support/retreat.ts'
import { colleague } from '../support/staff.ts'
import { visitor } from '../web/visitor.ts'

/** Words that appear nowhere else: whoever reads them reads what was written. */
const marked = { seat: 'Qzseat: the Millers', line: 'Qzline: my manager' }
/** What no random link spells by chance, and no sealed words. */
const unlikely = /Qz(seat|line)/

/** Dates with one seat that is asked for, and one couple in line; both wrote whom they would rather not meet. */
async function openWritten(t: Test) {
  const house = await openRetreat(t, { max: 1, approval: true })
  const asked = (await house.seat('seat', { notMeet: marked.seat, together: true })).json()
  const person = { name: 'Kim Roe', email: 'couple-line@example.com', zone: 'America/New_York' }
  const waiting = { edition: house.edition, person, notMeet: marked.line }
  t.equal((await house.request('POST', '/api/waitlist-entries', waiting)).statusCode, 202)
  await house.work()
  await house.confirm('line')
  const roster = async (token: string) =>
    house.request('GET', `/api/editions/${house.edition}/roster`, undefined, token)
  return { ...house, asked, roster }
}

t.test('whoever leads the dates reads whom a couple would rather not meet; it is sealed where it lies', async t => {
  const { roster, staff, client } = await openWritten(t)
  const { items, waitlist } = (await roster(staff)).json()
  t.match(items, [{ notMeet: [marked.seat] }])
  t.match(waitlist, [{ notMeet: [marked.line] }])
  const rows = await client<{ words: Buffer }[]>`select words from not_meet`
  t.equal(rows.length, 2)
  for (const { words } of rows) t.notMatch(words.toString('latin1'), unlikely)
})

t.test(
  'nobody else reads it, by no way: not other staff, not the owner, not the couple’s mails, nor what both may open',
  async t => {
    const house = await openWritten(t)
    const { roster, request, asked, mails, client, app, lineToken, signIn } = house
    const heard: [string, string][] = mails.map(({ to, subject, text, html }) => [
      `mail to ${to}`,
      `${subject}${text}${html}`
    ])
    for (const [slug, roles] of [
      ['robin', ['therapist']],
      ['alex', ['assistant']],
      ['bo', ['billing']],
      ['olu', ['owner']]
    ] as const) {
      const { token } = await colleague(house, slug, [...roles])
      heard.push([`${slug}, roster`, (await roster(token)).body])
      for (const path of [`/api/bookings/${asked.id}`, '/api/bookings', '/api/tasks'])
        heard.push([`${slug}, ${path}`, (await request('GET', path, undefined, token)).body])
    }
    const own = await request('GET', `/api/bookings/${asked.id}`, undefined, asked.token)
    const place = await request('GET', `/api/waitlist-entries/${lineToken('line')}`)
    heard.push(['the couple’s token', own.body], ['their place in line', place.body])
    for (const url of [
      `/b/${asked.id}`,
      `/w/${lineToken('line')}`,
      `/a/${String(asked.partnerLink).split('/a/')[1]}`
    ]) {
      const headers = { host: 'localhost:3000', accept: 'text/html', authorization: `Bearer ${asked.token}` }
      heard.push([url, (await app.inject({ url, headers })).body])
    }
    const kept = await client`select subjects::text from events union all select why from audit`
    heard.push(['events and the record of looks', JSON.stringify(kept)])
    await client`update staff set roles = '{owner}' where 'therapist' = any(roles)
    and person_id = (select person_id from resources where slug = 'jessica')`
    heard.push(['an owner who is no therapist any more', (await roster(await signIn())).body])
    for (const [who, text] of heard) t.notMatch(text, unlikely, who)
  }
)

t.test('it goes with a place in line that is forgotten, though its writer stays, and with its writer', async t => {
  const { client, clock, request, lineToken, minute } = await openWritten(t)
  const left = await request('POST', `/api/waitlist-entries/${lineToken('line')}/leaving`)
  t.ok(left.statusCode < 300, left.body)
  await client`update people set proven_at = now() where id in (select person_id from waitlist_entries)`
  clock.move({ days: 91 })
  await minute()
  t.match(await client`select count(*)::int as n from not_meet`, [{ n: 1 }], 'the seat’s stays')
  t.same(
    await client`select confdeltype from pg_constraint where conrelid = 'not_meet'::regclass and confrelid = 'people'::regclass`,
    [{ confdeltype: 'c' }]
  )
})

t.test('it is asked of dates alone, is told what is too long, and may be left out', async t => {
  const { book, seat } = await openRetreat(t, { max: 3 })
  t.match((await book({ notMeet: marked.seat })).json(), { status: 422, errors: [{ pointer: '/notMeet' }] })
  t.match((await seat(1, { notMeet: 'x'.repeat(1001) })).json(), { status: 422, errors: [{ pointer: '/notMeet' }] })
  t.match((await seat(2, { notMeet: 'bell\u0007' })).json(), { status: 422, errors: [{ pointer: '/notMeet' }] })
  t.equal((await seat(3)).statusCode, 201)
})

t.test(
  'on the pages it is asked for with dates and in line, kept where something is wrong, and shown beside the request',
  async t => {
    const { app, edition, asked, deps, scope, client } = await openWritten(t)
    const browser = visitor(app)
    const choice = { type: 'retreat', start: `${firstDay}T13:00:00Z`, therapist: 'jessica', place: 'office' }
    const sealed = sealChoice(deps.secrets, scope, { ...choice, edition, zone: 'America/New_York' })
    const [other] = await client<
      { id: string }[]
    >`select id from editions where id <> ${edition} and state = 'open' limit 1`
    const free = sealChoice(deps.secrets, scope, { ...choice, edition: other?.id, zone: 'America/New_York' })
    for (const [form, address] of [
      [`/b/new/${free}`, 'couple-free@example.com'],
      [`/w/new/${sealed}`, 'couple-more@example.com']
    ] as const) {
      t.match((await browser.get(form)).body, 'anybody you would rather not meet', form.slice(0, 6))
      const typed = {
        name: 'Lee Poe',
        email: address,
        mailbox: 'own',
        agreed: 'together',
        consent: 'yes',
        termsVersion: '1'
      }
      const notMeet = `Qzpage <the Roes>\r\nand theirs`
      const wrong = await browser.post(form, { ...typed, name: '', notMeet })
      t.equal(wrong.statusCode, 422)
      t.match(wrong.body, /Qzpage &lt;the Roes/)
      t.match((await browser.post(form, { ...typed, notMeet: 'x'.repeat(1001) })).body, 'at most 1,000 characters')
      const [before] = await client<{ n: number }[]>`select count(*)::int as n from not_meet`
      t.ok((await browser.post(form, { ...typed, notMeet })).statusCode < 400)
      t.match(await client`select count(*)::int as n from not_meet`, [{ n: (before?.n ?? 0) + 1 }])
    }
    const staff = visitor(app)
    await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    for (const page of [`/console/editions/${edition}`, `/console/bookings/${asked.id}`])
      t.match((await staff.get(page)).body, 'Would rather not meet: Qzseat')
  }
)

t.test('its writer finds it in what the practice holds about them, and whoever wrote none finds none', async t => {
  const { client, deps, scope } = await openWritten(t)
  const writers = await client<{ id: string; mine: boolean }[]>`
    select n.person_id as id, exists (select from waitlist_entries w where w.id = n.id) as mine from not_meet n`
  for (const { id, mine } of writers)
    t.match(await listOwnNotMeet(deps, scope, [id]), [{ words: mine ? marked.line : marked.seat }])
  t.same(await listOwnNotMeet(deps, scope, [scope.practice.id]), [])
})
