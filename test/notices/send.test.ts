import { and, eq, ne, sql } from 'drizzle-orm'
import ICAL from 'ical.js'
import t from 'tap'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { bookings } from '../../db/schema/bookings.ts'
import { cancellations } from '../../db/schema/cancellations.ts'
import { messages } from '../../db/schema/notices.ts'
import { issueCode } from '../../src/identity/codes.ts'
import { openLink } from '../../src/identity/links.ts'
import { noticeReactions } from '../../src/notices/jobs.ts'
import { MailNotSent } from '../../src/notices/mailer.ts'
import { claim } from '../../src/notices/message-store.ts'
import { fewTries } from '../../src/notices/retry.ts'
import { sendDue } from '../../src/notices/send.ts'
import { openNotices, start, telling } from '../support/notices.ts'
import type { Received } from '../support/smtp.ts'

const to = (address: string) => (received: Received) => received.raw.includes(`\r\nTo: ${address}\r\n`)
const client = to('jo@home.example')
const staff = to('jessica@staff.example')
const calendarOf = ({ mail }: Received) =>
  mail.attachments.find(({ filename }) => filename === 'invite.ics')?.content.toString('utf8')
const wordsOf = ({ mail }: Received) => `${mail.text ?? ''}`.replace(/\s+/g, ' ').trim()

t.test(
  'a confirmed booking is told to each once, with an invitation of their own, however often it is told',
  async t => {
    const { booked, react, server, rows } = await openNotices(t)
    const { booking, uids } = await booked()
    await react('booking.confirmed', { booking })
    await react('booking.confirmed', { booking })
    t.equal(server.received.length, 2)
    t.strictSame(
      (await rows()).map(({ state, tries }) => [state, tries]),
      [
        ['sent', 1],
        ['sent', 1]
      ]
    )
    for (const [who, uid, title] of [
      [client, uids.client, 'Appointment'],
      [staff, uids.staff, `Appointment ${booking.slice(-6).toUpperCase()}`]
    ] as const) {
      const [mail, ...more] = server.received.filter(who)
      if (!mail) throw new Error('Somebody got no mail')
      t.equal(more.length, 0)
      const event = new ICAL.Component(ICAL.parse(calendarOf(mail) ?? '')).getFirstSubcomponent('vevent')
      t.equal(event?.getFirstPropertyValue('uid'), uid)
      t.equal(event?.getFirstPropertyValue('summary'), title)
      t.equal(event?.getAllProperties('attendee').length, 1)
      t.equal(event?.getFirstPropertyValue('organizer'), 'mailto:office@post.example')
      t.equal(event?.getFirstPropertyValue('dtstart')?.toString(), '2027-03-02T10:00:00')
    }
  }
)

t.test('the client’s mail says the time and the office, and nothing else', async t => {
  const { booked, react, server } = await openNotices(t)
  const { booking } = await booked()
  await react('booking.confirmed', { booking })
  const mail = server.received.find(client)
  if (!mail) throw new Error('The client got no mail')
  t.equal(mail.mail.subject, 'Your appointment on Tue 2 Mar')
  t.match(
    wordsOf(mail),
    /^Hello, your appointment is confirmed: Tue 2 Mar, 10:00–11:20 \(New York time\)\. Where, and everything else: http\S+\/b\/\S+ You can change or cancel it free of charge until Sun 28 Feb, 10:00\./
  )
  const everything = [mail.raw, wordsOf(mail), mail.mail.html, calendarOf(mail)].join('\n')
  t.notMatch(everything, telling)
  t.notMatch(everything, /x-mailer|nodemailer/i)
  t.equal(mail.mail.from?.text, '"TIR Office" <office@post.example>')
})

t.test('the link opens this one booking for this one person, until 30 days after it', async t => {
  const { app, booked, react, server, deps, scope, rows } = await openNotices(t)
  const { booking, booker } = await booked()
  await react('booking.confirmed', { booking })
  const [, token = ''] = /\/b\/([\w-]+)/.exec(wordsOf(server.received.find(client) ?? server.first())) ?? []
  const opened = await openLink(deps.db, scope, token, deps.now())
  t.match(opened, { purpose: 'booking_mail', person: booker, subject: booking })
  const last = start.plus({ minutes: 80, days: 30 })
  t.ok(await openLink(deps.db, scope, token, last.minus({ seconds: 1 })))
  t.notOk(await openLink(deps.db, scope, token, last.plus({ seconds: 1 })))
  t.notMatch(JSON.stringify(await rows()), token, 'no row keeps it')
  const page = await app.inject({ url: `/b/${token}`, headers: { host: 'localhost:3000' } })
  t.match([page.statusCode, page.headers.location], [303, `/b/${booking}`], 'and the page takes it')
})

t.test('times are told in the recipient’s own zone', async t => {
  const { booked, react, server } = await openNotices(t)
  const { booking } = await booked({ zone: 'Europe/Berlin' })
  await react('booking.confirmed', { booking })
  const mail = server.received.find(client) ?? server.first()
  t.match(wordsOf(mail), 'Tue 2 Mar, 16:00–17:20 (Berlin time).')
  t.match(wordsOf(server.received.find(staff) ?? server.first()), 'Tue 2 Mar, 10:00–11:20 (New York time).')
})

t.test('who wants a file or nothing gets no invitation; who wants plain words gets them, alone', async t => {
  const { booked, react, server } = await openNotices(t)
  for (const calendarChoice of ['file', 'nothing'] as const) {
    const { booking } = await booked({ calendarChoice, email: `${calendarChoice}@home.example` })
    await react('booking.confirmed', { booking })
    const mail = server.received.find(to(`${calendarChoice}@home.example`))
    t.match(mail?.raw, /^Content-Type: multipart\/alternative/m)
    t.notMatch(mail?.raw, 'text/calendar')
  }
  const { booking } = await booked({ wording: 'plain', email: 'plain@home.example' })
  await react('booking.confirmed', { booking })
  const mail = server.received.find(to('plain@home.example'))
  if (!mail) throw new Error('The plain mail did not come')
  t.match(wordsOf(mail), /couples session with Jessica at .+, 12 Harbour Street, Newark\./)
  t.match(calendarOf(mail), 'SUMMARY:Couples session')
  for (const other of server.received.filter(staff)) t.notMatch(wordsOf(other), /couples|delgado/i)
})

t.test('no sentence on free changes once they are over', async t => {
  const { booked, react, server, clock } = await openNotices(t)
  const { booking } = await booked()
  clock.set('2027-02-28T16:00:00Z')
  await react('booking.confirmed', { booking })
  t.notMatch(wordsOf(server.received.find(client) ?? server.first()), 'free of charge')
})

t.test('every state has its words', async t => {
  const { booked, react, server, deps } = await openNotices(t)
  const holdUntil = deps.now().plus({ hours: 48 })
  const askedUntil = deps.now().plus({ hours: 50 })
  const cases = [
    [
      'booking.requested',
      { state: 'requested', askedUntil },
      'We are keeping Tue 2 Mar, 10:00–11:20 (New York time) for you. You will hear from us by Wed 3 Feb, 11:00.'
    ],
    [
      'booking.approved',
      { state: 'held', holdUntil, askedUntil },
      'can be confirmed now. Your time is kept until Wed 3 Feb, 09:00: http'
    ],
    [
      'booking.declined',
      { state: 'declined', askedUntil },
      'The appointment on Tue 2 Mar at 10:00–11:20 will not take place. Nothing was charged.'
    ],
    ['booking.expired', { state: 'expired', askedUntil }, 'was not confirmed and is free again. Nothing was charged.'],
    ['booking.refunded', { state: 'expired' }, 'The payment comes back to you in full.'],
    [
      'booking.payment-failed',
      { state: 'held', holdUntil },
      'your payment did not go through. Your time is kept until Wed 3 Feb, 09:00: http'
    ]
  ] as const
  for (const [index, [kind, wanted, words]] of cases.entries()) {
    const email = `case${index}@home.example`
    const { booking } = await booked({ ...wanted, email })
    await react(kind, { booking })
    const mails = server.received.filter(to(email))
    t.equal(mails.length, 1, kind)
    t.match(wordsOf(mails[0] ?? server.first()), words, kind)
    t.notMatch(wordsOf(mails[0] ?? server.first()), telling, kind)
    t.notMatch(mails[0]?.raw, 'text/calendar', kind)
  }
  t.equal(
    server.received.filter(staff).length,
    2,
    'the therapist hears of what waits for an answer, and of money that came too late'
  )
})

t.test('an unpaid hold that ran out sends nothing, and neither does what is not true any more', async t => {
  const { booked, react, server, rows } = await openNotices(t)
  await react('booking.expired', { booking: (await booked({ state: 'expired' })).booking })
  t.equal((await rows()).length, 0)
  await react('booking.approved', { booking: (await booked({ state: 'confirmed' })).booking })
  await react('booking.confirmed', { booking: (await booked({ state: 'cancelled' })).booking })
  t.equal(server.received.length, 0)
  t.ok((await rows()).every(({ state }) => state === 'failed'))
})

t.test('nobody is told to pay for a time that is not kept any more', async t => {
  const { booked, react, server, deps, rows } = await openNotices(t)
  const { booking } = await booked({ state: 'held', holdUntil: deps.now() })
  await react('booking.approved', { booking })
  await react('booking.payment-failed', { booking })
  t.equal(server.received.length, 0)
  t.match(await rows(), [{ state: 'failed' }, { state: 'failed' }])
})

t.test('what the practice cancels goes out of the calendar by its own UID and a higher SEQUENCE', async t => {
  const { booked, react, server, deps, scope } = await openNotices(t)
  const { booking, appointment, uids } = await booked()
  await react('booking.confirmed', { booking })
  server.received.length = 0
  const at = deps.now()
  const here = eq(bookings.practiceId, scope.practice.id)
  await deps.db
    .update(bookings)
    .set({ state: 'cancelled', endedAt: at, confirmedAt: at })
    .where(and(here, eq(bookings.id, booking)))
  await deps.db.update(appointments).set({ state: 'cancelled' }).where(eq(appointments.id, appointment))
  await deps.db
    .update(participants)
    .set({ sequence: 1, revisedAt: at })
    .where(eq(participants.appointmentId, appointment))
  const outcome = { by: 'practice' as const, actor: 'staff:jessica', at, band: 'by-practice', refund: 0, fee: 0 }
  await deps.db.insert(cancellations).values({ practiceId: scope.practice.id, bookingId: booking, ...outcome })
  await react('booking.cancelled', { booking }, 'staff:jessica')
  t.equal(server.received.length, 2)
  const calendar = calendarOf(server.received.find(client) ?? server.first())
  for (const line of ['METHOD:CANCEL', `UID:${uids.client}`, 'SEQUENCE:1', 'STATUS:CANCELLED'])
    t.match(calendar, `\r\n${line}\r\n`)
  t.match(server.first().raw.replace(/\r\n[ \t]+/g, ' '), /text\/calendar;[^\r\n]*method=CANCEL/)
})

t.test('a code goes to whom it proves, once, and not after its ten minutes', async t => {
  const { booked, react, server, deps, scope, clock } = await openNotices(t)
  const { booking, booker } = await booked({ state: 'held' })
  const ask = async () => {
    const code = { purpose: 'confirm_booking', person: booker, subject: booking } as const
    return (await deps.db.transaction(tx => issueCode(deps, tx, scope, code))) ?? ''
  }
  const code = await ask()
  await react('booking.code-asked', { booking, code })
  await react('booking.code-asked', { booking, code })
  t.equal(server.received.length, 1)
  const mail = server.first()
  t.equal(mail.mail.subject, 'Your code')
  const [, digits = ''] = /Your code: (\d{8})/.exec(wordsOf(mail)) ?? []
  t.match(digits, /^\d{8}$/)
  t.ok(wordsOf(mail).indexOf(digits) > 140)
  t.notMatch(wordsOf(mail), '/b/', 'no link')
  await server.down()
  await react('booking.code-asked', { booking, code: await ask() })
  await server.up()
  clock.move({ minutes: 11 })
  await sendDue(deps)
  t.equal(server.received.length, 1)
})

t.test('what happens in a booking reaches the mailbox through the queue, by ids alone', async t => {
  const { request, deps, server } = await openNotices(t)
  const person = { name: 'Jo Delgado', email: 'jo@home.example', zone: 'America/New_York' }
  const wanted = { sessionType: 'consultation', start: '2027-02-09T15:00:00Z', person, consent: { termsVersion: 1 } }
  const answer = await request('POST', '/api/bookings', wanted)
  t.equal(answer.statusCode, 201)
  const seen: object[] = []
  await deps.jobs.drain('event', async data => {
    seen.push(data)
    await noticeReactions[data.kind ?? '']?.(deps, data)
  })
  t.match(seen, [{ kind: 'booking.code-asked', booking: answer.json().id }])
  t.notMatch(JSON.stringify(seen), /@|delgado/i)
  t.strictSame(
    server.received.filter(client).map(({ mail }) => mail.subject),
    ['Your code']
  )
})

t.test('ten workers at once send each mail once', async t => {
  const { booked, react, server, deps, rows } = await openNotices(t)
  await server.down()
  const made = await Promise.all(Array.from({ length: 15 }, (_, n) => booked({ email: `w${n}@home.example` })))
  for (const { booking } of made) await react('booking.confirmed', { booking })
  await server.up()
  await deps.db.update(messages).set({ dueAt: deps.now() }).where(ne(messages.template, 'reminder'))
  await Promise.all(Array.from({ length: 10 }, () => sendDue(deps)))
  t.equal(server.received.length, 30)
  t.equal(new Set(server.received.map(({ mail }) => mail.messageId)).size, 30)
  t.ok((await rows()).every(({ state, tries }) => state === 'sent' && tries === 2))
})

t.test('a server that is down is tried again when it is due, not before, and not after success', async t => {
  const { booked, react, server, deps, clock, rows } = await openNotices(t)
  await server.down()
  const { booking } = await booked()
  await react('booking.confirmed', { booking })
  t.ok((await rows()).every(({ state, tries }) => state === 'waiting' && tries === 1))
  await server.up()
  await sendDue(deps)
  t.equal(server.received.length, 0, 'not due yet')
  clock.move({ minutes: 1 })
  await sendDue(deps)
  await sendDue(deps)
  t.equal(server.received.length, 2)
})

t.test('taken but not confirmed: it comes again under the same Message-ID', async t => {
  const { booked, react, server, deps, clock, rows } = await openNotices(t)
  const { booking } = await booked({ state: 'declined' })
  server.behave('hangs up')
  await react('booking.declined', { booking })
  server.behave('takes')
  clock.move({ minutes: 1 })
  await sendDue(deps)
  t.equal(server.received.length, 2)
  t.equal(new Set(server.received.map(({ mail }) => mail.messageId)).size, 1)
  t.match(await rows(), [{ state: 'sent', tries: 2 }])
})

t.test('a row whose worker died is taken over when its time is up', async t => {
  const { booked, react, server, deps, scope, clock, rows } = await openNotices(t)
  await server.down()
  const { booking } = await booked({ state: 'declined' })
  await react('booking.declined', { booking })
  await server.up()
  clock.move({ minutes: 1 })
  const dead = await claim(deps.db, scope, deps.now(), deps.now().plus({ minutes: 5 }))
  t.equal(dead?.state, 'sending')
  await sendDue(deps)
  t.equal(server.received.length, 0, 'it still belongs to the other')
  clock.move({ minutes: 5 })
  await sendDue(deps)
  t.equal(server.received.length, 1)
  t.match(await rows(), [{ state: 'sent', tries: 3 }])
})

t.test('a mail that nobody takes is given up, and the log holds ids alone', async t => {
  const { booked, react, server, deps, clock, rows, logged } = await openNotices(t)
  server.behave('refuses')
  const { booking } = await booked({ state: 'declined' })
  await react('booking.declined', { booking })
  for (let tries = 1; tries < fewTries + 3; tries += 1) {
    clock.move({ hours: 1 })
    await sendDue(deps)
  }
  t.match(await rows(), [{ state: 'failed', tries: fewTries }])
  const lines = logged.join('')
  const ends = logged.filter(line => line.includes('A mail was given up'))
  t.equal(ends.length, 1)
  t.match(ends[0], 'EENVELOPE 550')
  t.notMatch(lines, /@|\/b\/|delgado|jessica/i)
})

t.test('a mail server that is away for a weekend loses no mail, and tells nobody of what is over', async t => {
  const { booked, react, server, deps, clock } = await openNotices(t)
  await server.down()
  const { booking } = await booked()
  await react('booking.confirmed', { booking })
  for (let hours = 0; hours < 62; hours += 1) {
    clock.move({ hours: 1 })
    await sendDue(deps)
  }
  await server.up()
  clock.move({ hours: 1 })
  await sendDue(deps)
  t.equal(server.received.filter(client).length, 1, 'the confirmation')
  await server.down()
  const late = await booked({ email: 'late@home.example' })
  await react('booking.confirmed', { booking: late.booking })
  clock.set(start.plus({ hours: 3 }).toISO() ?? '')
  await server.up()
  await sendDue(deps)
  t.equal(server.received.filter(({ mail }) => JSON.stringify(mail.to).includes('late@')).length, 0)
})

t.test('a mail server that hangs keeps the minute’s other work waiting for one round at most', async t => {
  const { booked, react, server, deps, clock, rows } = await openNotices(t)
  await server.down()
  for (let one = 0; one < 10; one += 1) {
    const { booking } = await booked({ state: 'declined', email: `one${one}@home.example` })
    await react('booking.declined', { booking })
  }
  clock.move({ minutes: 1 })
  let asked = 0
  const hanging = {
    ...deps.mailer,
    async send() {
      asked += 1
      clock.move({ seconds: 10 })
      throw new MailNotSent('ETIMEDOUT')
    }
  }
  await sendDue({ ...deps, mailer: hanging })
  t.equal(asked, 5)
  t.equal((await rows()).filter(({ state }) => state === 'waiting').length, 10, 'none is lost')
  await server.up()
  clock.move({ minutes: 5 })
  await sendDue(deps)
  t.equal(server.received.length, 10)
})

t.test('a mail that cannot be written keeps no other, in its practice or another', async t => {
  const { booked, react, server, deps, clock, rows, logged } = await openNotices(t)
  await server.down()
  const broken = await Promise.all(
    Array.from({ length: 3 }, (_, n) => booked({ state: 'declined', email: `b${n}@home.example` }))
  )
  for (const { booking } of broken) await react('booking.declined', { booking })
  const { booking } = await booked({ state: 'declined', email: 'good@home.example' })
  await react('booking.declined', { booking })
  await deps.db.execute(sql`update people set data_key = null, name = null where id in
    (select person_id from messages order by created_at, id limit 3)`)
  await server.up()
  clock.move({ minutes: 1 })
  await sendDue(deps)
  t.match(server.received, [{ mail: { to: { text: 'good@home.example' } } }])
  t.equal(server.received.length, 1)
  t.match((await rows()).map(({ state }) => state).sort(), ['sent', 'waiting', 'waiting', 'waiting'])
  t.equal(logged.filter(line => line.includes('A mail cannot be written')).length, 3)
})
