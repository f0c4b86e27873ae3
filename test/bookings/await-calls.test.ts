import t, { type Test } from 'tap'
import { changeRules } from '../support/care.ts'
import { one, openCouple, other } from '../support/couple.ts'

const start = '2027-03-25T14:00:00Z'
const consent = { termsVersion: 1 }

/** A couple that has asked for a form before which the practice speaks with each, and has five working days after each sign of life. */
async function openAsked(t: Test) {
  const house = await openCouple(t, { limits: { codesAnHour: 100, codesADay: 100 } })
  const { client, request, work, mails, clock } = house
  await changeRules(client, 'couples', { approval: true, callEach: true, answerDays: 5 })
  const ofBooker = async () => house.signInPerson(one.email)
  const id = (
    await request('POST', '/api/bookings', { sessionType: 'couples', start, consent }, await ofBooker())
  ).json().id
  await client`update acceptances set answer = 'accept', at = ${clock.now().toISO() ?? ''} where booking_id = ${id} and by <> 'practice'`
  await work()
  /** A private call of one of the two, confirmed by the mailed code. */
  const call = async (email: string, at: string) => {
    const token = await house.signInPerson(email)
    const booked = await request('POST', '/api/bookings', { sessionType: 'consultation', start: at, consent }, token)
    await work()
    const code = /Your code: (\d{8})/.exec(mails.findLast(({ subject }) => subject === 'Your code')?.text ?? '')?.[1]
    const { id, token: own, appointments } = booked.json()
    const confirmed = await request('POST', `/api/bookings/${id}/confirmation`, { code }, own)
    if (confirmed.statusCode !== 200) throw new Error(`The call is not confirmed: ${confirmed.body}`)
    await work()
    return { id: String(id), appointment: String(appointments[0].id), token: String(own) }
  }
  const came = async ({ id, appointment }: { id: string; appointment: string }, attendance: 'attended' | 'absent') => {
    const [row] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${id}`
    const body = { people: [{ person: row?.person, attendance }] }
    const put = await request('POST', `/api/appointments/${appointment}/attendance`, body, await house.signIn())
    if (put.statusCode >= 300) throw new Error(put.body)
    await work()
  }
  const deadline = async () => {
    const [row] = await client<
      { deadline: Date }[]
    >`select deadline from acceptances where booking_id = ${id} and by = 'practice'`
    return row && new Date(row.deadline).toISOString()
  }
  const state = async () => (await client<{ state: string }[]>`select state from bookings where id = ${id}`)[0]?.state
  const tasks = async () =>
    (await request('GET', '/api/tasks', undefined, await house.signIn()))
      .json()
      .items.filter(({ kind }: { kind: string }) => kind === 'approval')
  const reminders = () => mails.filter(({ to, subject }) => /^jessica/.test(to) && /still/i.test(subject)).length
  return { ...house, id: String(id), call, came, deadline, state, tasks, reminders }
}

t.test(
  'each call that is booked, held or missed keeps the request alive; the last one is followed by the yes',
  async t => {
    const { id, call, came, deadline, state, tasks, clock, minute, request, signIn } = await openAsked(t)
    t.equal(await deadline(), '2027-02-08T12:00:00.000Z', 'five working days after Monday the first')
    const first = await call(one.email, '2027-02-09T15:00:00Z')
    t.equal(await deadline(), '2027-02-16T15:20:00.000Z', 'five working days after it is to be held')
    t.match(await tasks(), [{ kind: 'approval', id, dueAt: '2027-02-16T15:20:00Z', late: false }])
    clock.set('2027-02-10T12:00:00Z')
    await minute()
    t.equal(await state(), 'requested', 'past the first deadline')
    await came(first, 'attended')
    t.equal(await deadline(), '2027-02-17T12:00:00.000Z', 'from when it was put down')
    const second = await call(other.email, '2027-02-17T15:00:00Z')
    clock.set('2027-02-18T12:00:00Z')
    await came(second, 'absent')
    t.equal(await deadline(), '2027-02-25T12:00:00.000Z', 'a call that was missed can be made up for')
    const third = await call(other.email, '2027-02-24T15:00:00Z')
    clock.set('2027-02-25T12:00:00Z')
    await came(third, 'attended')
    t.equal((await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())).statusCode, 200)
    t.equal(await state(), 'held')
  }
)

t.test('neither of the two learns by a page, an answer or a mail that the other had their call', async t => {
  const { id, call, deadline, request, mails, signInPerson } = await openAsked(t)
  const seen = async ({ email }: { email: string }) => {
    const token = await signInPerson(email)
    const read = async (path: string) => (await request('GET', path, undefined, token)).body.replace(/[\w-]{43}/g, '')
    return { page: await read(`/b/${id}`), home: await read('/me'), booking: await read(`/api/bookings/${id}`) }
  }
  const [before, first] = [await seen(one), await deadline()]
  t.match(before.page, /You will hear from us when it can be confirmed, or if it cannot/)
  t.notMatch(before.booking, /deadline|yeses/)
  t.match(before.home, /not yet confirmed: a private call with each of you comes first/)
  const told = () =>
    mails.filter(({ to, subject }) => to === one.email && subject !== 'Your code').map(mail => mail.text)
  const asked = told()
  t.match(asked, [/for you\. You will hear from us when it can be confirmed, or if it cannot\.\n/])
  t.match(
    mails.find(({ to }) => /^jessica/.test(to))?.text,
    /Without your answer by Mon 8 Feb/,
    'the practice reads it'
  )
  await call(other.email, '2027-02-09T15:00:00Z')
  t.not(await deadline(), first, 'it has moved')
  t.same(await seen(one), before)
  t.same(told(), asked, 'and nobody writes of it')
})

t.test(
  'where nobody does anything for the set time, it lapses; the therapist was reminded, anew after each call',
  async t => {
    const { call, deadline, state, clock, minute, work, client, id } = await openAsked(t)
    const written = () => client<{ due: string; sent: boolean }[]>`
    select to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') as due, sent_at is not null as sent from messages
    where template = 'staff-requested-still' and subject_id = ${id} order by due_at`
    t.same(await written(), [{ due: '02-05 00:00', sent: false }])
    await call(one.email, '2027-02-05T15:00:00Z')
    t.equal(await deadline(), '2027-02-12T15:20:00.000Z')
    t.equal((await written()).length, 2)
    clock.set('2027-02-12T15:19:00Z')
    await minute()
    await work()
    t.same(
      (await written()).map(({ sent }) => sent),
      [true, true]
    )
    t.equal(await state(), 'requested')
    clock.set('2027-02-12T15:20:00Z')
    await minute()
    t.equal(await state(), 'expired')
  }
)

t.test('a call that was called off counts as a sign, and no deadline lies beyond the start', async t => {
  const { call, deadline, clock, request, work, client, id, state, minute, signInPerson } = await openAsked(t)
  const { id: talk } = await call(one.email, '2027-02-05T15:00:00Z')
  clock.set('2027-02-04T12:00:00Z')
  const token = await signInPerson(one.email)
  // As if the booking of the call had not been heard of: what prolongs it now is its end alone.
  await client`update acceptances set deadline = '2027-02-08 12:00Z' where booking_id = ${id} and by = 'practice'`
  t.equal((await request('POST', `/api/bookings/${talk}/cancellation`, undefined, token)).statusCode, 200)
  await work()
  t.equal(await deadline(), '2027-02-11T12:00:00.000Z')
  await client`update appointments set starts_at = '2027-02-12 14:00Z', ends_at = '2027-02-12 15:20Z' where booking_id = ${id}`
  await call(other.email, '2027-02-11T15:00:00Z')
  t.equal(await deadline(), '2027-02-12T14:00:00.000Z')
  clock.set('2027-02-12T14:00:00Z')
  await minute()
  t.equal(await state(), 'expired')
})

t.test('a call that no reaction has told of yet keeps it alive all the same when its deadline comes', async t => {
  const { call, clock, client, id, minute, state } = await openAsked(t)
  await call(one.email, '2027-02-09T15:00:00Z')
  // What a worker that died leaves behind has no way through the application.
  await client`update acceptances set deadline = '2027-02-08 12:00Z' where booking_id = ${id} and by = 'practice'`
  clock.set('2027-02-08T12:00:00Z')
  await minute()
  t.equal(await state(), 'requested')
  t.match(
    await client`select deadline > '2027-02-09' as later from acceptances where booking_id = ${id} and by = 'practice'`,
    [{ later: true }]
  )
})
