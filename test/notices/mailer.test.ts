import { DateTime } from 'luxon'
import t, { type Test } from 'tap'
import { invitation } from '../../src/calendars/invitation.ts'
import { type Mail, MailNotSent, smtpMailer } from '../../src/notices/mailer.ts'
import { post } from '../support/smtp.ts'

const at = DateTime.fromISO('2027-02-20T08:15:30Z')
const calendar = invitation({
  method: 'REQUEST',
  uid: 'a@k3v9.invalid',
  sequence: 0,
  revisedAt: at,
  createdAt: at,
  start: at.plus({ days: 10 }),
  end: at.plus({ days: 10, minutes: 80 }),
  zone: 'America/New_York',
  title: 'Appointment – ünïcode 😀',
  organizer: { name: 'TIR Office', email: 'office@post.example' },
  attendee: { email: 'jo@home.example' }
})
const mail: Mail = {
  to: 'jo@home.example',
  office: 'TIR Office',
  subject: 'Your appointment on Tue 2 Mar',
  text: 'Hello, 10:00–11:20\n\nThe second paragraph.\n',
  html: '<!doctype html><html lang="en"><body><p>Hello, 10:00–11:20</p></body></html>',
  messageId: '6b1f7d0e-1c5c-4a53-9f6e-0f1d0a0b0c0d@post.example',
  date: at,
  invitation: { method: 'REQUEST', brings: 'REQUEST', calendar }
}

async function open(t: Test) {
  const server = await post(t)
  const mailer = smtpMailer(server.url, 'Practice <office@post.example>')
  t.teardown(() => mailer.close())
  return { server, mailer }
}

t.test('an invitation leaves as calendar clients want it, byte for byte', async t => {
  const { server, mailer } = await open(t)
  await mailer.send(mail)
  const { raw, mail: read } = server.first()
  const types = [...raw.matchAll(/^Content-Type: ([^\r\n;]+)/gim)].map(([, type]) => type)
  t.strictSame(types, [
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'text/calendar',
    'application/ics'
  ])
  const unfolded = raw.replace(/\r\n[ \t]+/g, ' ')
  t.match(unfolded, /^Content-Type: text\/calendar;(?=[^\r\n]*charset=utf-8)(?=[^\r\n]*method=REQUEST)/im)
  t.match(unfolded, /^Content-Type: application\/ics; name=invite\.ics/im)
  t.match(unfolded, /^Content-Disposition: attachment; filename=invite\.ics/im)
  const parts = [...raw.matchAll(/Content-Transfer-Encoding: base64\r\n(?:[^\r\n]+\r\n)*\r\n([A-Za-z0-9+/=\r\n]+)/g)]
  t.equal(parts.length, 2, 'the part and the file')
  for (const [, body = ''] of parts) t.equal(Buffer.from(body, 'base64').toString('utf8'), calendar)
  t.equal(read.text?.trim(), mail.text.trim())
  t.equal(typeof read.html === 'string' && read.html.trim(), mail.html)
})

t.test('the head names the office, one recipient and our own host, and nothing of the machine', async t => {
  const { server, mailer } = await open(t)
  await mailer.send(mail)
  const { raw, mail: read } = server.first()
  t.strictSame(read.from?.value, [{ name: 'TIR Office', address: 'office@post.example' }])
  t.match(raw, /^To: jo@home\.example\r$/m)
  t.equal(read.messageId, '<6b1f7d0e-1c5c-4a53-9f6e-0f1d0a0b0c0d@post.example>')
  t.equal(read.date?.toISOString(), '2027-02-20T08:15:30.000Z')
  t.equal(read.headers.get('auto-submitted'), 'auto-generated')
  t.notOk(read.headers.has('x-mailer'))
  t.notMatch(raw, /nodemailer|bcc|sender:/i)
})

t.test('a mail without an invitation has two faces and no file', async t => {
  const { server, mailer } = await open(t)
  const { invitation: _, ...bare } = mail
  await mailer.send(bare)
  const { raw } = server.first()
  t.strictSame(
    [...raw.matchAll(/^Content-Type: ([^\r\n;]+)/gim)].map(([, type]) => type),
    ['multipart/alternative', 'text/plain', 'text/html']
  )
})

t.test('a server that is down, refuses or hangs up makes a fault that holds no address', async t => {
  const { server, mailer } = await open(t)
  const fault = async () => {
    const error = await mailer.send(mail).then(
      () => undefined,
      (error: unknown) => error
    )
    t.type(error, MailNotSent)
    return error instanceof MailNotSent ? `${error.code} ${error.message}` : ''
  }
  server.behave('refuses')
  const refused = await fault()
  t.match(refused, 'EENVELOPE 550')
  server.behave('hangs up')
  const dropped = await fault()
  t.equal(server.received.length, 1, 'taken, though nobody was told')
  await server.down()
  const down = await fault()
  t.notMatch(refused + dropped + down, '@')
  await server.up()
  server.behave('takes')
  await mailer.send(mail)
  t.equal(server.received.length, 2)
})

t.test('an address that is none stops the start', async t => {
  t.throws(() => smtpMailer('smtp://127.0.0.1:25', 'the office'), TypeError)
})
