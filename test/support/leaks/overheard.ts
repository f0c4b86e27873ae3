import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sql } from 'postgres'
import type { Test } from 'tap'
import type { Received } from '../smtp.ts'
import type { Ears } from './ears.ts'

/** Stands between the application and Stripe, and keeps every request as it was sent. @returns its address */
export async function overhearStripe(t: Test, ears: Ears, apiBase: string): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method = 'GET', url = '/', headers } = request
    // The path is Stripe's own: https://docs.stripe.com/api/checkout/sessions
    const ours = url.replace(/^\/v1\/(checkout\/sessions|refunds|payment_intents)/, '')
    const where = `${method} ${url.replace(/[a-z]+_[\w-]{8,}/g, '…')}`
    ears.hear('Stripe', where, `${ours}\n${JSON.stringify(headers)}\n${body}`)
    const sent = new Headers()
    for (const [name, value] of Object.entries(headers))
      if (!['host', 'connection', 'content-length'].includes(name)) sent.set(name, String(value))
    const answer = await fetch(`${apiBase}${url}`, { method, headers: sent, ...(body.length > 0 && { body }) })
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text())
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return `http://127.0.0.1:${port}`
}

/** What is shown of a mail while the telephone is locked: the sender, the subject, the first words. In characters. */
const preview = 140

/** Every mail to its reader, and what lies open of it to whoever else sees the telephone. */
export function hearMails(ears: Ears, received: readonly Received[], readers: Readonly<Record<string, string>>): void {
  for (const { raw, mail } of received) {
    const [to] = [mail.to ?? []].flat().flatMap(({ value }) => value.map(({ address }) => address ?? ''))
    const reader = readers[to ?? '']
    if (!reader) throw new Error(`A mail went to ${to}, whom nobody knows`)
    const subject = mail.subject ?? ''
    const attached = mail.attachments.map(({ content }) => content.toString('utf8').replace(/\r\n[ \t]/g, ''))
    const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/^(To|Date): .*$/gm, '')
    const visible = String(mail.html).replace(/<(style|title)[\s\S]*?<\/\1>|<[^>]+>/g, ' ')
    ears.hear(`mail to ${reader}`, subject, [raw, mail.text, mail.html, ...attached].join('\n'))
    ears.hear('lock screen', subject, [head, subject, mail.text?.slice(0, preview)].join('\n'))
    ears.hear('lock screen', subject, visible.replace(/\s+/g, ' ').trim().slice(0, preview))
    // The attendee is whose calendar it is, and who that is they know.
    for (const entry of attached) ears.hear('calendar entry', subject, entry.replace(/^ATTENDEE[;:].*$/gm, ''))
  }
}

/** What the practice offers, and says of itself to everybody. */
const offered = /^public\.(session_types|session_type_versions|places|practices)$/

/** Every row of every table as text, the queue's too, but what is offered to everybody; each table by its name. */
export async function hearRows(ears: Ears, client: Sql): Promise<void> {
  const tables = await client<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pgboss')`
  for (const { name } of tables)
    for (const { text } of await client.unsafe<{ text: string }[]>(`select t::text as text from ${name} t`))
      if (!offered.test(name)) ears.hear(name.startsWith('pgboss') ? 'job' : 'row', name, text)
}
