import { and, eq } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { people } from '../../db/schema/identity.ts'
import { settle } from '../../src/bookings/settle.ts'
import { addPerson } from '../../src/identity/people.ts'
import { newId } from '../../src/kernel/ids.ts'
import { noticeReactions } from '../../src/notices/jobs.ts'
import { MailNotSent, type NoticeDeps } from '../../src/notices/mailer.ts'
import { entryOf, wordsOf } from '../support/calendar-entry.ts'
import { open as openApp, someone } from '../support/open.ts'

const later = '2027-02-10T15:00:00Z'
const latest = '2027-02-11T15:00:00Z'
const partner = 'sam@example.com'
const staff = 'jessica@example.com'
const telling = /delgado|couple|session|therap|partner|office,|20th street|video|jessica|\$|\bUSD\b/i

/** The demo practice with what its mails told, and the shortest way to change a booking. */
async function open(t: Test) {
  const opened = await openApp(t)
  const { mails, request, work, deps, db, client, scope } = opened
  const practiceId = scope.practice.id

  /** What was mailed since this was asked last. */
  const news = async () => {
    await work()
    return mails.splice(0)
  }
  const move = async (appointment: string, start: string, token: string, agreed = false) => {
    const answer = await request('POST', `/api/appointments/${appointment}/move`, { start, agreed }, token)
    if (answer.statusCode !== 200) throw new Error(answer.body)
    return answer.json()
  }
  const answer = (appointment: string, accept: boolean, token: string) =>
    request('POST', `/api/appointments/${appointment}/move-answer`, { accept }, token)
  const cancel = (id: string, token: string) => request('POST', `/api/bookings/${id}/cancellation`, undefined, token)

  /** Somebody else who takes part, with an own calendar identity, and was told so. */
  const addPartner = async (appointment: string) => {
    const given = { name: 'Sam Delgado', email: partner, zone: 'Europe/Berlin' }
    const id = await db.transaction(tx => addPerson(deps, tx, scope, given))
    const uid = `${newId()}@tests.invalid`
    await client`insert into participants (practice_id, appointment_id, person_id, uid, sequence, revised_at, response)
      values (${practiceId}, ${appointment}, ${id}, ${uid}, 0, ${deps.now().toISO()}, 'needs_action')`
    const [laid] = await client<{ booking: string }[]>`
      select booking_id as booking from appointments where id = ${appointment}`
    const before = mails.length
    await noticeReactions['booking.confirmed']?.(deps, { practice: practiceId, booking: laid?.booking ?? '' })
    t.match(mails.splice(before), [{ to: partner, invitation: { method: 'REQUEST' } }])
    return { id, uid }
  }
  const choose = (person: string, choices: Partial<typeof people.$inferInsert>) =>
    db
      .update(people)
      .set(choices)
      .where(and(eq(people.practiceId, practiceId), eq(people.id, person)))
  return { ...opened, news, move, answer, cancel, addPartner, choose }
}

t.test(
  'a move reaches each calendar as a REQUEST with the same UID and a higher SEQUENCE, and says both times',
  async t => {
    const { confirmed, move, news, mails } = await open(t)
    const { token, appointment } = await confirmed()
    const before = mails.splice(0).map(mail => [mail.to, entryOf(mail)] as const)
    await move(appointment, later, token)
    const sent = await news()
    t.same(sent.map(({ to }) => to).sort(), [staff, someone.email].sort())
    for (const mail of sent) {
      const [, first] = before.find(([to]) => to === mail.to) ?? []
      t.match(first, { sequence: 0 })
      t.same(entryOf(mail), {
        method: 'REQUEST',
        uid: first?.uid,
        sequence: 1,
        status: 'CONFIRMED',
        start: '2027-02-10T10:00:00',
        attendees: [`mailto:${mail.to}`],
        alarms: 0
      })
    }
    const [mail] = sent.filter(({ to }) => to === someone.email)
    if (!mail) throw new Error('The client got no mail')
    t.equal(mail.subject, 'Your appointment, new time: Wed 10 Feb')
    t.match(
      wordsOf(mail),
      /^Hello, your appointment is now on Wed 10 Feb, 10:00–11:20 \(New York time\), instead of Tue 9 Feb, 10:00\. Your calendar entry changes with this mail\. You can change or cancel it free of charge until Mon 8 Feb, 10:00\. Everything else stayed as it was: http\S+\/b\/\S{43} /
    )
    t.notMatch(`${mail.subject}${wordsOf(mail)}${mail.invitation?.calendar}`, telling)
    const [told] = sent.filter(({ to }) => to === staff)
    t.match(told?.subject, 'New time: Wed 10 Feb')
    t.match(told?.text, /is now on Wed 10 Feb, .* instead of Tue 9 Feb, 10:00\. Reference [0-9A-F]{6}\./)
  }
)

t.test(
  'a move tells until when it is free of charge now: by the new time, and by the old one too where that is near',
  async t => {
    const { confirmed, move, news, clock, openedBy } = await open(t)
    const said = async () => (await news()).find(({ to }) => to === someone.email)?.text
    const nearer = await confirmed({ sessionType: 'individual', start: '2027-02-12T15:00:00Z' })
    await news()
    await move(nearer.appointment, '2027-02-03T14:00:00Z', nearer.token)
    t.match(await said(), 'free of charge until Mon 1 Feb, 09:00')
    clock.set('2027-02-01T14:00:01Z')
    const late = await confirmed({ sessionType: 'individual', start: '2027-02-12T16:30:00Z' })
    await news()
    await move(late.appointment, '2027-02-02T15:30:00Z', late.token)
    const closed = await said()
    t.match(closed, 'To cancel it is not free of charge now. The exact sums, and everything else: http')
    t.notMatch(closed, /free of charge until|stayed as it was/)
    const soon = await confirmed({ sessionType: 'individual', start: '2027-02-08T15:00:00Z' })
    clock.set('2027-02-06T14:00:00Z')
    await news()
    await move(soon.appointment, '2027-02-15T15:00:00Z', await openedBy(soon.id))
    t.match(await said(), 'free of charge until Sat 6 Feb, 10:00', 'for two days the old start counts')
  }
)

t.test('a second move has the next SEQUENCE and names no time that may be wrong', async t => {
  const { confirmed, move, news } = await open(t)
  const { token, appointment } = await confirmed()
  await move(appointment, later, token)
  await news()
  await move(appointment, latest, token)
  for (const mail of await news()) {
    t.match(entryOf(mail), { method: 'REQUEST', sequence: 2, start: '2027-02-11T10:00:00' })
    t.notMatch(mail.text, 'instead of')
  }
})

t.test('two moves before the first mail left are told once, by the last', async t => {
  const { confirmed, move, news, deps, mails, clock, minute } = await open(t)
  const { token, appointment } = await confirmed()
  mails.splice(0)
  const up = mailsDown(deps)
  await move(appointment, later, token)
  await news()
  up()
  await move(appointment, latest, token)
  clock.move({ minutes: 2 })
  await minute()
  const sent = await news()
  t.equal(sent.length, 2)
  for (const mail of sent) t.match(entryOf(mail), { sequence: 2, start: '2027-02-11T10:00:00' })
})

t.test('another choice for the calendar sends nothing, brings no entry back, and lets none stay behind', async t => {
  const { confirmed, move, news, choose, client, cancel, mails } = await open(t)
  const { id, token, appointment } = await confirmed()
  const [booking] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${id}`
  const own = async () => (await news()).filter(({ to }) => to === someone.email)
  mails.splice(0)
  await choose(booking?.person ?? '', { calendarChoice: 'nothing' })
  t.same(await news(), [], 'a choice is told by no mail')
  await move(appointment, later, token)
  const [moved] = await own()
  t.equal(moved?.invitation, undefined)
  t.match(moved?.text, 'An entry in your calendar keeps the old time until you change it.')
  t.notMatch(moved?.text, /changes with this mail|#calendar/)
  t.equal((await cancel(id, token)).statusCode, 200)
  const [cancelled] = await own()
  if (!cancelled) throw new Error('The cancellation was not told')
  t.match(entryOf(cancelled), { method: 'CANCEL', sequence: 2, status: 'CANCELLED' })
  t.notMatch(cancelled.text, /calendar/i)
})

t.test('who takes no invitations reads nothing of a calendar, and who takes a file is told where it is', async t => {
  for (const calendarChoice of ['nothing', 'file'] as const) {
    const { book, move, news, choose, client, cancel, gateway, deps, scope } = await open(t)
    const booked = (await book()).json()
    const { id, token, appointments } = booked
    const [booking] = await client<{ person: string; attempt: string; checkout: string }[]>`
      select b.booker_id as person, a.id as attempt, a.checkout_id as checkout
      from bookings b join dues d on d.booking_id = b.id join attempts a on a.due_id = d.id where b.id = ${id}`
    await choose(booking?.person ?? '', { calendarChoice })
    gateway.pay(booking?.checkout ?? '')
    await settle(deps, scope, booking?.attempt ?? '')
    const sent = await news()
    await move(appointments[0].id, later, token)
    sent.push(...(await news()))
    await cancel(id, token)
    sent.push(...(await news()))
    const own = sent.filter(({ to }) => to === someone.email)
    t.equal(own.length, 3)
    for (const mail of own) t.equal(mail.invitation, undefined, 'no iTIP at all')
    const calendars = own.map(({ text }) => text.match(/[^.\n]*calendar[^\n]*/gi) ?? [])
    if (calendarChoice === 'nothing') t.same(calendars, [[], [], []])
    else {
      const file = /^A file for your calendar: https?:\S+\/b\/[\w-]{43}#calendar$/
      t.match(calendars, [
        [file],
        ['An entry in your calendar keeps the old time until you change it.', file],
        ['An entry in your calendar stays there until you take it out.']
      ])
    }
  }
})

t.test(
  'a client’s cancellation: own words to who did it, neutral ones to the other, a CANCEL for each calendar',
  async t => {
    const { confirmed, addPartner, cancel, news, mails } = await open(t)
    const { id, token, appointment } = await confirmed()
    const { uid } = await addPartner(appointment)
    const uids = new Map([
      ...mails.splice(0).map(mail => [mail.to, entryOf(mail)?.uid] as const),
      [partner, uid] as const
    ])
    t.equal((await cancel(id, token)).statusCode, 200)
    await cancel(id, token)
    const sent = await news()
    t.same(sent.map(({ to }) => to).sort(), [staff, someone.email, partner].sort(), 'each once')
    for (const mail of sent)
      t.match(entryOf(mail), {
        method: 'CANCEL',
        uid: uids.get(mail.to),
        sequence: 1,
        status: 'CANCELLED',
        attendees: [`mailto:${mail.to}`],
        alarms: 0
      })
    const [own, other, told] = [someone.email, partner, staff].map(address => sent.find(({ to }) => to === address))
    if (!own || !other || !told) throw new Error('Somebody got no mail')
    t.match(
      wordsOf(own),
      /^Hello, your appointment on Tue 9 Feb at 10:00–11:20 is cancelled, as you asked\. What this means for your payment: http\S+ If you would like another time, it is there too\./
    )
    t.match(
      wordsOf(other),
      /^Hello, the appointment on Tue 9 Feb at 16:00–17:20 will not take place\. There is nothing for you to do\. If a fee concerns you, we write to you within two working days\. Another time: http/
    )
    t.notMatch(wordsOf(other), /asked|sorry/)
    t.match(wordsOf(told), /^Hello, Tue 9 Feb, 10:00–11:20 \(New York time\) is cancelled\. Reference [0-9A-F]{6}\./)
    for (const mail of [own, other]) {
      t.equal(mail.subject, 'Your appointment on Tue 9 Feb')
      t.notMatch(`${wordsOf(mail)}${mail.invitation?.calendar}`, telling)
    }
  }
)

t.test('what the practice cancels is told in its own words to every client', async t => {
  const { confirmed, addPartner, cancel, news, signIn } = await open(t)
  const { id, appointment } = await confirmed()
  await addPartner(appointment)
  await news()
  await cancel(id, await signIn())
  const sent = await news()
  t.same(sent.map(({ to }) => to).sort(), [staff, someone.email, partner].sort())
  for (const mail of sent) t.match(entryOf(mail), { method: 'CANCEL', sequence: 1, status: 'CANCELLED' })
  for (const mail of sent.filter(({ to }) => to !== staff))
    t.match(wordsOf(mail), /^Hello, we are sorry: we have to cancel your appointment on Tue 9 Feb/)
})

t.test('who was taken out before hears nothing of a later cancellation', async t => {
  const { confirmed, addPartner, cancel, news, client } = await open(t)
  const { id, token, appointment } = await confirmed()
  const removed = await addPartner(appointment)
  await client`update participants set removed_at = revised_at where person_id = ${removed.id}`
  await news()
  await cancel(id, token)
  t.same((await news()).map(({ to }) => to).sort(), [staff, someone.email].sort())
})

t.test('after a move the CANCEL has the next SEQUENCE of the same UID', async t => {
  const { confirmed, move, cancel, news } = await open(t)
  const { id, token, appointment } = await confirmed()
  await move(appointment, later, token)
  const moved = await news()
  await cancel(id, token)
  for (const mail of await news())
    t.match(entryOf(mail), {
      method: 'CANCEL',
      sequence: 2,
      start: '2027-02-10T10:00:00',
      uid: entryOf(moved.find(({ to }) => to === mail.to) ?? mail)?.uid
    })
})

t.test('what happened is told once, however often its job runs', async t => {
  const { confirmed, move, cancel, news, deps, client } = await open(t)
  const { id, token, appointment } = await confirmed()
  await move(appointment, later, token)
  await news()
  await cancel(id, token)
  await news()
  const events = await client<{ practice: string; event: string; kind: string; subjects: object }[]>`
    select practice_id as practice, id as event, kind, subjects from events order by id`
  t.ok(
    events.some(({ kind }) => kind === 'appointment.moved') && events.some(({ kind }) => kind === 'booking.cancelled')
  )
  for (const { subjects, ...event } of events) await noticeReactions[event.kind]?.(deps, { ...event, ...subjects })
  t.same(await news(), [])
})

t.test('the practice’s wish asks the client, without an invitation; a no and silence are told to staff', async t => {
  const { confirmed, move, answer, news, signIn, clock, minute } = await open(t)
  const { token, appointment } = await confirmed()
  await news()
  await move(appointment, later, await signIn())
  const [asked, ...others] = await news()
  t.equal(others.length, 0, 'nobody else hears of it')
  t.match(asked, { to: someone.email, subject: 'A new time for your appointment?' })
  t.match(
    asked && wordsOf(asked),
    /^Hello, would Wed 10 Feb, 10:00–11:20 \(New York time\) suit you instead of Tue 9 Feb, 10:00\? Yes, no or another time: http\S+\/b\/\S{43} Without an answer the appointment stays as it is\./
  )
  t.equal(asked?.invitation, undefined)
  await answer(appointment, false, token)
  const declined = await news()
  t.match(declined, [{ to: staff, subject: 'As before: Tue 9 Feb' }])
  t.match(declined[0]?.text, /the answer to the new time is no\. The appointment stays on Tue 9 Feb, 10:00–11:20/)
  await move(appointment, latest, await signIn())
  t.match(await news(), [{ to: someone.email }], 'a second wish is asked again')
  clock.move({ hours: 72 })
  await minute()
  const lapsed = await news()
  t.match(lapsed, [{ to: staff, subject: 'As before: Tue 9 Feb' }])
  t.match(lapsed[0]?.text, 'the new time was not answered')
})

t.test('a yes is told by the move alone', async t => {
  const { confirmed, move, answer, news, signIn } = await open(t)
  const { token, appointment } = await confirmed()
  await move(appointment, later, await signIn())
  await news()
  t.match((await answer(appointment, true, token)).json(), { state: 'moved' })
  const sent = await news()
  t.same(sent.map(({ to, subject }) => `${to}: ${subject}`).sort(), [
    `${staff}: New time: Wed 10 Feb`,
    `${someone.email}: Your appointment, new time: Wed 10 Feb`
  ])
})

t.test(
  'a client’s wish asks the therapist by when; a no and silence leave the appointment, in the same words',
  async t => {
    const { confirmed, move, answer, news, signIn, clock, minute, openedBy } = await open(t)
    const { id, appointment } = await confirmed()
    clock.set('2027-02-08T12:00:00Z')
    await minute()
    await news()
    await move(appointment, latest, await openedBy(id))
    const asked = await news()
    t.match(asked, [{ to: staff, subject: 'A new time to answer: Thu 11 Feb' }])
    t.match(
      asked[0]?.text,
      /Thu 11 Feb, 10:00–11:20 \(New York time\) was asked for instead of Tue 9 Feb, 10:00\. Without your answer by Mon 8 Feb, 10:00/
    )
    t.notMatch(asked[0]?.text, telling)
    await answer(appointment, false, await signIn())
    const declined = await news()
    await move(appointment, latest, await openedBy(id))
    await news()
    clock.set('2027-02-08T15:00:00Z')
    await minute()
    const lapsed = (await news()).filter(({ subject }) => !subject.startsWith('Tomorrow'))
    for (const mails of [declined, lapsed]) {
      t.match(mails, [{ to: someone.email, subject: 'Your appointment on Tue 9 Feb' }])
      t.match(
        mails[0] && wordsOf(mails[0]),
        /^Hello, your appointment stays as it is: Tue 9 Feb, 10:00–11:20 \(New York time\)\. The other time was not possible\. You can ask for another one: http/
      )
      t.equal(mails[0]?.invitation, undefined)
    }
  }
)

t.test('what was proposed and taken back before the mail left is not asked', async t => {
  const { confirmed, news, signIn, request, answer } = await open(t)
  const { appointment } = await confirmed()
  await news()
  const token = await signIn()
  await request('POST', `/api/appointments/${appointment}/move`, { start: later }, token)
  await answer(appointment, false, token)
  t.same(await news(), [])
})

t.test('that it stays as it is, is not said once it has moved all the same', async t => {
  const { confirmed, move, answer, news, signIn, deps, clock, minute } = await open(t)
  const { token, appointment } = await confirmed()
  const staffToken = await signIn()
  await move(appointment, later, staffToken)
  await news()
  const up = mailsDown(deps)
  await answer(appointment, false, token)
  await news()
  await move(appointment, latest, staffToken, true)
  up()
  clock.move({ minutes: 2 })
  await minute()
  t.same((await news()).map(({ to, subject }) => `${to}: ${subject}`).sort(), [
    `${staff}: New time: Thu 11 Feb`,
    `${someone.email}: Your appointment, new time: Thu 11 Feb`
  ])
})

t.test('a mailbox that somebody else reads gets a time and nothing that opens anything', async t => {
  const { move, cancel, news, client, clock, minute, book, request, openedBy } = await open(t)
  const booked = (await book({ sessionType: 'consultation', start: latest })).json()
  await client`update contact_points set shared_mailbox = true where kind = 'email' and person_id in (select booker_id from bookings)`
  const [code] = (await news()).filter(({ to }) => to === someone.email)
  const digits = /code: (\d{8})/.exec(code?.text ?? '')?.[1] ?? ''
  await request('POST', `/api/bookings/${booked.id}/confirmation`, { code: digits }, booked.token)
  const appointment = String(booked.appointments[0].id)
  const told = await news()
  await move(appointment, later, booked.token)
  told.push(...(await news()))
  clock.set('2027-02-09T15:00:00Z')
  await minute()
  told.push(...(await news()))
  t.equal((await cancel(booked.id, await openedBy(booked.id))).statusCode, 200)
  told.push(...(await news()))
  const bare = told.filter(({ to }) => to === someone.email)
  t.same(
    bare.map(mail => wordsOf(mail).replace(/ TIR Office · .*/, '')),
    [
      'Hello, your appointment is confirmed: Thu 11 Feb, 10:00–10:20 (New York time).',
      'Hello, your appointment is now on Wed 10 Feb, 10:00–10:20 (New York time), instead of Thu 11 Feb, 10:00.',
      'Hello, your appointment is tomorrow, Wed 10 Feb, 10:00–10:20 (New York time).',
      'Hello, the appointment on Wed 10 Feb at 10:00–10:20 will not take place.'
    ]
  )
  for (const mail of bare) {
    t.equal(mail.invitation, undefined)
    t.notMatch(mail.html, '/b/')
  }
  t.match(await client`select count(*)::int as links from links where purpose = 'booking_mail'`, [{ links: 0 }])
  t.ok(
    told.some(({ to, invitation }) => to === staff && invitation),
    'the therapist’s mails are whole'
  )
})

/** No mail is taken until what this returns is called. */
function mailsDown(deps: NoticeDeps): () => void {
  const { mailer } = deps
  deps.mailer = {
    ...mailer,
    async send() {
      throw new MailNotSent('ECONNECTION')
    }
  }
  return () => {
    deps.mailer = mailer
  }
}
