import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { DateTime } from 'luxon'
import { createTransport, type SendMailOptions } from 'nodemailer'
import t, { type Test } from 'tap'
import { Problem } from '../../src/kernel/problem.ts'
import { startMail } from '../../src/sandbox/mail.ts'

const calendar = 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Größe\r\nEND:VCALENDAR\r\n'
const letter: SendMailOptions = {
  from: 'Office <office@post.example>',
  to: 'jo@home.example',
  subject: 'Your appointment – 2 März',
  text: 'Dear Jo,\n\nuntil then.\n',
  html: '<!doctype html><html><head><meta charset="utf-8"></head><body><p>Dear <b>Jo</b></p></body></html>',
  icalEvent: { method: 'REQUEST', filename: 'invite.ics', content: calendar }
}

t.test('a mail that was sent can be read, with all its parts', async t => {
  const { send, mails } = await caught(t)
  await send(letter)
  const [mail] = await mails()
  t.match(mail, {
    to: 'jo@home.example',
    subject: 'Your appointment – 2 März',
    text: 'Dear Jo,\n\nuntil then.\n',
    html: /<p>Dear <b>Jo<\/b><\/p>/,
    at: '2027-03-02T09:00:00Z'
  })
  t.equal(mail?.ics, calendar)
  t.equal(mail?.headers.from, 'Office <office@post.example>')
  t.match(mail?.headers['content-type'], /^multipart\/mixed;/)
  t.match(mail?.headers['message-id'], /^<.+>$/)
})

t.test('a mail without calendar entry or HTML says so', async t => {
  const { send, mails } = await caught(t)
  await send({ from: 'office@post.example', to: 'jo@home.example', subject: 'Code', text: '1' })
  t.match(await mails(), [{ ics: null, html: '', text: '1\n' }])
})

t.test('mails come in the order of arrival, and only those to an address when one is asked for', async t => {
  const { send, mails } = await caught(t)
  for (const to of ['Jo@home.example', 'sam@home.example', 'jo@home.example'])
    await send({ ...letter, to, subject: to })
  t.same(
    (await mails()).map(({ subject }) => subject),
    ['Jo@home.example', 'sam@home.example', 'jo@home.example']
  )
  t.same(
    (await mails('JO@home.example')).map(({ subject }) => subject),
    ['Jo@home.example', 'jo@home.example']
  )
  t.same(await mails('o@home.example'), [], 'a part of an address is not the address')
})

t.test('a hidden recipient counts, and is not confused with what the mail says of itself', async t => {
  const { send, mails } = await caught(t)
  await send({ ...letter, bcc: 'sam@home.example' })
  t.match(await mails('sam@home.example'), [{ to: 'jo@home.example, sam@home.example' }])
})

t.test('fifty mails at once are all kept, each whole', async t => {
  const { send, mails } = await caught(t)
  await Promise.all(Array.from({ length: 50 }, (_, n) => send({ ...letter, subject: `mail ${n}` })))
  const subjects = (await mails()).map(({ subject }) => subject)
  t.equal(new Set(subjects).size, 50)
})

t.test('mails survive a restart, later ones come after them, and a half-written one does not count', async t => {
  const dataDir = t.testdir()
  const before = await caught(t, dataDir)
  await before.send({ ...letter, subject: 'first' })
  await before.close()
  await writeFile(join(dataDir, 'mails', '00000002_5.eml.part'), 'Subj')
  const after = await caught(t, dataDir)
  await after.send({ ...letter, subject: 'second' })
  t.same(
    (await after.mails()).map(({ subject }) => subject),
    ['first', 'second']
  )
  t.notOk((await readdir(join(dataDir, 'mails'))).some(name => name.endsWith('.part')))
})

t.test('a mail that cannot be kept is refused for now, so that its sender tries again', async t => {
  const { send, mails, dataDir } = await caught(t)
  await rm(join(dataDir, 'mails'), { recursive: true })
  t.match(await send(letter).catch(error => error), { responseCode: 452 })
  await mkdir(join(dataDir, 'mails'))
  await send(letter)
  t.same(
    (await mails()).map(({ subject }) => subject),
    [letter.subject]
  )
})

t.test('a mail that somebody takes out of the folder is gone, and the others stay', async t => {
  const { send, mails, get, dataDir } = await caught(t)
  for (const subject of ['first', 'second', 'third']) await send({ ...letter, subject })
  const [one = ''] = (await readdir(join(dataDir, 'mails'))).sort()
  await rm(join(dataDir, 'mails', one))
  t.same(
    (await mails()).map(({ subject }) => subject),
    ['second', 'third']
  )
  t.equal((await get(`/sandbox/mail/${one.slice(0, 8)}`)).statusCode, 404)
})

t.test('the pages show mails without letting them act', async t => {
  const { send, get } = await caught(t)
  await send({ ...letter, subject: '<script>alert(1)</script>', html: '<head></head><script>alert(1)</script>' })
  const list = await get('/sandbox/mail')
  t.match(list.headers, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': /default-src 'none'/ })
  t.match(list.body, 'This is a demonstration: no mail leaves this machine, no card is charged.')
  t.match(list.body, '&lt;script>alert(1)')
  t.notMatch(list.body, '<script')
  const [, address = ''] = /href="(\/sandbox\/mail\/\d+)"/.exec(list.body) ?? []
  const page = await get(address)
  t.match(page.body, 'Dear Jo,')
  t.match(page.body, `src="${address}/html"`)
  t.notMatch(page.body, '<script')
  const html = await get(`${address}/html`)
  t.match(html.headers['content-security-policy'], /default-src 'none'.*sandbox allow-popups/)
  t.match(html.body, '<head><base target="_blank">')
  const ics = await get(`${address}/invite.ics`)
  t.match(ics.headers, { 'content-disposition': 'attachment; filename="invite.ics"' })
  t.equal(ics.body, calendar)
  t.match(await get('/sandbox/mail.css'), { statusCode: 200, headers: { 'content-type': 'text/css; charset=utf-8' } })
})

t.test('what is not there is not found', async t => {
  const { send, get } = await caught(t)
  await send({ from: 'office@post.example', to: 'jo@home.example', subject: 'Code', text: '1' })
  for (const path of ['00000002', '0000', '..%2f00000001', '00000001/invite.ics'])
    t.equal((await get(`/sandbox/mail/${path}`)).statusCode, 404, path)
  t.match((await get('/sandbox/mail?to=nobody@home.example')).body, 'Nothing here yet')
})

/** A mail catcher with its pages and a client that sends to it. */
async function caught(t: Test, dataDir = t.testdir()) {
  const silent = { info() {}, warn() {}, error() {} }
  const now = () => DateTime.fromISO('2027-03-02T09:00:00Z', { zone: 'utc' })
  const catcher = await startMail({ dataDir, log: silent, now })
  const app = fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler)
  app.setErrorHandler((error, _, reply) =>
    reply.code(error instanceof Problem ? error.status : 500).send(String(error))
  )
  await app.register(catcher.plugin)
  const transport = createTransport({ url: catcher.url, pool: true })
  async function close() {
    transport.close()
    await app.close()
    await catcher.close()
  }
  t.teardown(close)
  const get = (url: string) => app.inject(url)
  return {
    dataDir,
    close,
    get,
    send: (mail: SendMailOptions) => transport.sendMail(mail),
    async mails(to?: string) {
      const answer = await get(`/sandbox/mails.json${to ? `?to=${encodeURIComponent(to)}` : ''}`)
      return answer.json<{ items: { subject: string; ics: string | null; headers: Record<string, string> }[] }>().items
    }
  }
}
