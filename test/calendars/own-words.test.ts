import t from 'tap'
import { saveCalendarTitle } from '../../src/identity/calendar-title.ts'
import { entriesOf, openFeeds } from '../support/feeds.ts'
import { someone } from '../support/open.ts'
import { visitor } from '../web/visitor.ts'

t.test('own words stand in the invitation, the feed and the download of that person alone', async t => {
  const house = await openFeeds(t)
  const { app, client, db, deps, scope, request, confirmed, mails, work, ofBooker, ofTherapist, fetch, openedBy } =
    house
  const { id, token, appointment } = await confirmed()
  const other = await confirmed({ start: '2027-02-10T15:00:00Z', person: { ...someone, email: 'sam@example.com' } })
  const [booking] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${id}`
  const mine = await ofBooker(token)
  const [theirs, therapists] = [await ofBooker(other.token), await ofTherapist({ style: 'names' })]
  const titles = async (address: typeof mine) =>
    entriesOf((await fetch(address)).body).map(({ summary, location }) => [summary, location])
  t.same(await titles(mine), [['Appointment', undefined]])
  const before = [await titles(theirs), await titles(therapists)]
  const save = (title: string | null) =>
    db.transaction(tx => saveCalendarTitle(deps, tx, scope, booking?.person ?? '', title))
  await save('Piano, “scales”; 7')
  t.same(await titles(mine), [['Piano, “scales”; 7', undefined]], 'the feed follows at the next fetch')
  t.same([await titles(theirs), await titles(therapists)], before, 'and nobody else’s does')
  mails.splice(0)
  const moved = await request('POST', `/api/appointments/${appointment}/move`, { start: '2027-02-11T15:00:00Z' }, token)
  t.equal(moved.statusCode, 200, moved.body)
  await work()
  const calendarOf = (to: string) => mails.find(mail => mail.to === to)?.invitation?.calendar ?? ''
  const [[own], [staff]] = [entriesOf(calendarOf(someone.email)), entriesOf(calendarOf('jessica@example.com'))]
  t.equal(own?.summary, 'Piano, “scales”; 7')
  t.match(staff?.summary, /^Appointment [0-9A-F]{6}$/)
  for (const { subject, text, html } of mails) t.notMatch(subject + text + html, 'Piano', 'no word of it in a mail')
  // By the mailed link, and by the code that opens all.
  const link = /\/b\/([\w-]{43})/.exec(mails.find(({ to }) => to === someone.email)?.text ?? '')?.[1] ?? ''
  const browser = visitor(app)
  await browser.get(`/b/${link}`)
  for (const wording of ['discreet', 'plain'])
    for (const cookie of ['mailed', 'opened']) {
      await client`update people set wording = ${wording} where id = ${booking?.person ?? ''}`
      const authorization = cookie === 'opened' ? { authorization: `Bearer ${await openedBy(id)}` } : undefined
      const file = authorization
        ? await app.inject({ url: `/b/${id}/appointment.ics`, headers: { host: 'localhost:3000', ...authorization } })
        : await browser.get(`/b/${id}/appointment.ics`)
      const [entry] = entriesOf(file.body)
      t.equal(entry?.summary, 'Piano, “scales”; 7', `${wording}, ${cookie}`)
      t.equal(entry?.uid, own?.uid)
      const told = wording === 'plain' && cookie === 'opened'
      t.equal(entry?.location !== undefined, told, 'where it is, in plain words, to who may read that here')
    }
  const page = (await browser.get(`/b/${id}`)).body
  t.match(page, 'The entry says Piano, “scales”; 7.')
  t.match(page, /calendar\.google\.com\/calendar\/render\?action=TEMPLATE&text=Piano%2C/)
  await save(null)
  await client`update people set wording = 'discreet' where id = ${booking?.person ?? ''}`
  t.same(await titles(mine), [['Appointment', undefined]])
})

t.test('plain words are one person’s own: what and where in their calendar, their title before both', async t => {
  const { client, db, deps, scope, confirmed, ofBooker, ofTherapist, fetch } = await openFeeds(t)
  const { id, token } = await confirmed()
  const [booking] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${id}`
  const [mine, theirs] = [await ofBooker(token), await ofTherapist({})]
  const [before] = entriesOf((await fetch(theirs)).body)
  await client`update people set wording = 'plain' where id = ${booking?.person ?? ''}`
  const [plain] = entriesOf((await fetch(mine)).body)
  t.match(plain, { summary: 'A session for two', location: String })
  await db.transaction(tx => saveCalendarTitle(deps, tx, scope, booking?.person ?? '', 'Piano'))
  t.match(entriesOf((await fetch(mine)).body), [{ summary: 'Piano', location: plain?.location }])
  t.same(entriesOf((await fetch(theirs)).body), [before])
})
