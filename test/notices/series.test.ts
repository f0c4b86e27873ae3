import t from 'tap'
import { open, someone } from '../support/open.ts'

const series = { sessionType: 'weekly', occurrences: 3 }

t.test('a series is confirmed by one mail to each, with every date and one file of all entries', async t => {
  const { confirmed, mails, client } = await open(t)
  await confirmed(series)
  const mine = mails.filter(({ to }) => to === someone.email)
  t.equal(mine.length, 1)
  const [mail] = mine
  t.match(mail?.text, 'your appointments are confirmed: Tue 9 Feb, 10:00–11:20')
  t.match(mail?.text, 'And: Tue 16 Feb, 10:00–11:20; Tue 23 Feb, 10:00–11:20.')
  const calendar = mail?.invitation?.calendar ?? ''
  t.equal(mail?.invitation?.method, 'PUBLISH')
  t.match(calendar, 'METHOD:PUBLISH')
  t.notMatch(calendar, /ATTENDEE|VALARM/)
  const uids = await client`select p.uid from participants p join bookings b on b.booker_id = p.person_id`
  t.same(
    [...calendar.replaceAll('\r\n ', '').matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid).sort(),
    uids.map(({ uid }) => uid).sort(),
    'each under its own UID'
  )
  t.equal(mails.filter(({ to }) => to !== someone.email).length, 1, 'and one to the therapist')
})

t.test('what is ended is told in one mail, which takes out every entry that it brought', async t => {
  const { confirmed, mails, request, work, clock, openedBy } = await open(t)
  const { id } = await confirmed(series)
  clock.set('2027-02-09T17:00:00Z')
  const token = await openedBy(id)
  mails.length = 0
  const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  t.equal(ended.statusCode, 200, ended.body)
  await work()
  t.equal(mails.length, 2, 'one to each')
  const mail = mails.find(({ to }) => to === someone.email)
  t.match(mail?.text, /on Tue 16 Feb at 10:00–11:20 is cancelled/)
  t.match(mail?.text, 'And: Tue 23 Feb, 10:00–11:20.')
  const calendar = mail?.invitation?.calendar ?? ''
  t.equal(calendar.match(/STATUS:CANCELLED/g)?.length, 2, 'what took place stays')
  t.equal(calendar.match(/SEQUENCE:1/g)?.length, 2)
  t.notMatch(calendar, /DTSTART[^\r]*20270209/)
})

t.test('each appointment of a series is reminded of by itself', async t => {
  const { confirmed, mails, clock, minute } = await open(t)
  await confirmed(series)
  for (const [at, day] of [
    ['2027-02-06T15:00:00Z', 'Tue 9 Feb'],
    ['2027-02-13T15:00:00Z', 'Tue 16 Feb'],
    ['2027-02-20T15:00:00Z', 'Tue 23 Feb']
  ] as const) {
    mails.length = 0
    clock.set(at)
    await minute()
    t.match(
      mails.map(({ subject }) => subject),
      [`Your appointment on ${day}`]
    )
    t.notMatch(mails[0]?.text, /And:/)
  }
})
