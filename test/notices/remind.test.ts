import t, { type Test } from 'tap'
import { newId } from '../../src/kernel/ids.ts'
import { noticeReactions } from '../../src/notices/jobs.ts'
import { MailNotSent } from '../../src/notices/mailer.ts'
import { remind } from '../../src/notices/remind.ts'
import { wordsOf } from '../support/calendar-entry.ts'
import { aStart, open as openApp, someone } from '../support/open.ts'

const later = '2027-02-10T15:00:00Z'
const telling = /delgado|couple|session|therap|partner|20th street|video|jessica|\$|\bUSD\b/i

/** The demo practice, its reminders, and the mails that left at a given moment. `aStart` is reminded of 72 and 24 hours before. */
async function open(t: Test) {
  const opened = await openApp(t)
  const { client, clock, minute, mails } = opened
  const reminders = () => client<{ cause: string; due: string; state: string; tries: number; person: string }[]>`
    select cause, to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') as due, state, tries, person_id as person
    from messages where template = 'reminder' order by due_at, cause`
  /** What the minute's job sends at that time. */
  const mailedAt = async (instant: string) => {
    clock.set(instant)
    mails.splice(0)
    await minute()
    return mails.splice(0)
  }
  return { ...opened, reminders, mailedAt }
}

t.test('each client is reminded at the hours of the booked type, in the words of the hour; staff are not', async t => {
  const { confirmed, reminders, mailedAt, client } = await open(t)
  const { id, appointment } = await confirmed()
  const [booking] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${id}`
  const person = booking?.person
  t.match(await reminders(), [
    { cause: `reminder:72:${appointment}:${person}:0`, due: '02-06 15:00', state: 'waiting', tries: 0, person },
    { cause: `reminder:24:${appointment}:${person}:0`, due: '02-08 15:00', state: 'waiting', tries: 0, person }
  ])
  t.same(await mailedAt('2027-02-06T14:59:00Z'), [], 'not a minute before')
  t.match(await reminders(), [{ tries: 0 }, { tries: 0 }], 'what waits is not touched')
  const [first, ...others] = await mailedAt('2027-02-06T15:00:00Z')
  t.equal(others.length, 0)
  t.match(first, { to: someone.email, subject: 'Your appointment on Tue 9 Feb' })
  t.equal(first?.invitation, undefined)
  t.match(
    first && wordsOf(first),
    /^Hello, your appointment is on Tue 9 Feb, 10:00–11:20 \(New York time\)\. If it no longer suits you, you can change or cancel it free of charge until Sun 7 Feb, 10:00: http\S+\/b\/\S{43} /
  )
  t.same(await mailedAt('2027-02-06T15:01:00Z'), [], 'and once')
  const [second] = await mailedAt('2027-02-08T15:00:00Z')
  t.match(second, { to: someone.email, subject: 'Tomorrow, 10:00' })
  t.match(
    second && wordsOf(second),
    /^Hello, your appointment is tomorrow, Tue 9 Feb, 10:00–11:20 \(New York time\)\. Where to go, or how to join: http\S+\/b\/\S{43} /
  )
  for (const mail of [first, second]) t.notMatch(`${mail?.subject}${mail?.text}`, telling)
  t.match(await reminders(), [{ state: 'sent' }, { state: 'sent' }])
})

t.test('the times are the reader’s own, the hours before are real ones', async t => {
  const { confirmed, mailedAt } = await open(t)
  await confirmed({ person: { ...someone, zone: 'Asia/Tokyo' } })
  const [mail] = await mailedAt('2027-02-08T15:00:00Z')
  t.match(mail, { subject: 'Tomorrow, 00:00' })
  t.match(mail?.text, 'tomorrow, Wed 10 Feb, 00:00–01:20 (Tokyo time)')
})

t.test('across the change of clocks, 24 real hours before', async t => {
  const { confirmed, reminders, clock } = await open(t)
  clock.set('2027-03-01T12:00:00Z')
  await confirmed({ start: '2027-03-15T13:00:00Z' })
  t.match(await reminders(), [{ due: '03-12 13:00' }, { due: '03-14 13:00' }], 'three days by the clock are 71 hours')
})

t.test('who books late gets what is still to come', async t => {
  const { confirmed, reminders, clock, mails } = await open(t)
  clock.set('2027-02-06T15:00:00Z')
  await confirmed()
  t.match(await reminders(), [{ due: '02-08 15:00' }])
  t.equal((await reminders()).length, 1)
  t.notOk(mails.some(({ text }) => text.includes('no longer suits')))
})

t.test('after a move the new time is reminded of, and the old one never', async t => {
  const { confirmed, request, reminders, mailedAt, work, mails } = await open(t)
  const { token, appointment } = await confirmed()
  await request('POST', `/api/appointments/${appointment}/move`, { start: later }, token)
  await work()
  t.same(
    (await reminders()).map(({ due, cause }) => `${due} ${cause.slice(-2)}`),
    ['02-06 15:00 :0', '02-07 15:00 :1', '02-08 15:00 :0', '02-09 15:00 :1']
  )
  mails.splice(0)
  t.same(await mailedAt('2027-02-06T15:00:00Z'), [])
  t.match(await mailedAt('2027-02-07T15:00:00Z'), [{ text: /free of charge until Mon 8 Feb, 10:00/ }])
  t.same(await mailedAt('2027-02-08T15:00:00Z'), [])
  t.match(await mailedAt('2027-02-09T15:00:00Z'), [{ subject: 'Tomorrow, 10:00' }])
  t.match(await reminders(), [{ state: 'failed' }, { state: 'sent' }, { state: 'failed' }, { state: 'sent' }])
})

t.test('soon after a move to a later time nobody is promised what the earlier one has closed', async t => {
  const { confirmed, openedBy, request, mailedAt, clock, work } = await open(t)
  const { id, appointment } = await confirmed()
  clock.set('2027-02-07T14:00:00Z')
  const path = `/api/appointments/${appointment}/move`
  const answer = await request('POST', path, { start: later }, await openedBy(id))
  t.match(answer.json(), { state: 'moved' })
  await work()
  const [mail] = await mailedAt('2027-02-07T15:00:00Z')
  t.match(mail?.text, 'on Wed 10 Feb')
  const quote = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
  t.match(quote.json(), { refund: { amount: 40_000 } }, 'on the boundary it is still free')
  clock.move({ minutes: 11 })
  const after = await request('GET', `/api/bookings/${id}/cancellation`, undefined, await openedBy(id))
  t.match(after.json(), { refund: { amount: 0 } })
  t.notMatch(mail?.text, 'until Mon 8 Feb')
})

t.test('what is cancelled is not reminded of', async t => {
  const { confirmed, request, reminders, mailedAt, work, mails } = await open(t)
  const { id, token } = await confirmed()
  await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
  await work()
  mails.splice(0)
  t.same(await mailedAt('2027-02-06T15:00:00Z'), [])
  t.same(await mailedAt('2027-02-08T15:00:00Z'), [])
  t.match(await reminders(), [{ state: 'failed' }, { state: 'failed' }])
})

t.test('after a standstill only the newest reminder leaves, and none once it has begun', async t => {
  const { confirmed, mailedAt } = await open(t)
  await confirmed()
  await confirmed({ start: '2027-02-08T18:00:00Z' })
  const late = await mailedAt('2027-02-08T16:00:00Z')
  t.same(late.map(({ subject }) => subject).sort(), ['Today, 13:00', 'Tomorrow, 10:00'])
  await confirmed({ start: '2027-02-11T15:00:00Z' })
  t.same(await mailedAt('2027-02-11T15:00:00Z'), [], 'begun: nothing comes late')
})

t.test('a reminder that the server refused comes again, and is dropped once it has begun', async t => {
  const { confirmed, mailedAt, reminders, deps } = await open(t)
  await confirmed()
  const { mailer } = deps
  deps.mailer = {
    ...mailer,
    async send() {
      throw new MailNotSent('ECONNECTION')
    }
  }
  await mailedAt('2027-02-08T15:00:00Z')
  const waiting = (await reminders()).filter(({ state }) => state === 'waiting')
  t.match(waiting, [{ cause: /^reminder:24:/, due: '02-08 15:01', tries: 1 }])
  t.equal(waiting.length, 1, 'the one of 72 hours is not sent any more')
  await mailedAt('2027-02-09T14:59:00Z')
  deps.mailer = mailer
  t.same(await mailedAt('2027-02-09T15:10:00Z'), [])
  t.match(await reminders(), [{ state: 'failed' }, { state: 'failed' }])
})

t.test('reminders are written once, however often the job runs', async t => {
  const { confirmed, reminders, deps, scope } = await open(t)
  const { id } = await confirmed()
  const before = await reminders()
  const data = { practice: scope.practice.id, booking: id, kind: 'booking.confirmed', event: newId() }
  await noticeReactions['booking.confirmed']?.(deps, data)
  t.same(await reminders(), before)
})

t.test('days of blocks are reminded of once, by their first; what has a start of its own each time', async t => {
  const { confirmed, reminders, client, deps, scope, clock } = await open(t)
  clock.set('2027-01-01T12:00:00Z')
  for (const [type, ordinal, expected] of [
    ['intensive-1-day', 1, ['01-05 15:00', '01-23 15:00', '02-02 15:00', '02-07 15:00']],
    // A step beside them as a single session is.
    ['intensive-1-day', 4, ['01-05 15:00', '01-23 15:00', '02-02 15:00', '02-07 15:00', '02-13 15:00', '02-15 15:00']],
    ['weekly', 1, ['02-06 15:00', '02-08 15:00', '02-13 15:00', '02-15 15:00']]
  ] as const) {
    clock.set('2027-02-01T12:00:00Z')
    const { id, appointment } = await confirmed({ start: aStart })
    await client`delete from messages where template = 'reminder'`
    const second = newId()
    await client`update bookings set session_type_id = (select id from session_types where slug = ${type}) where id = ${id}`
    await client`insert into appointments (practice_id, id, booking_id, ordinal, who, starts_at, ends_at, zone, place_id, state)
      select practice_id, ${second}, booking_id, ${ordinal}::int, who, starts_at + interval '7 days', ends_at + interval '7 days', zone, place_id, state
      from appointments where id = ${appointment}`
    await client`insert into participants (practice_id, appointment_id, person_id, uid, sequence, revised_at, response)
      select practice_id, ${second}, person_id, gen_random_uuid() || '@tests.invalid', 0, revised_at, response
      from participants where appointment_id = ${appointment}`
    clock.set('2027-01-01T12:00:00Z')
    await remind(deps, scope, id)
    t.same(
      (await reminders()).map(({ due }) => due),
      expected,
      `${type}, ${ordinal}`
    )
    await client`delete from messages where template = 'reminder'`
    await client`delete from occupancy where appointment_id = ${appointment}`
  }
})
