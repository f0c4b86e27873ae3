import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DateTime } from 'luxon'
import { type Attachment, simpleParser } from 'mailparser'
import { isoUtc } from '../kernel/time.ts'
import { writeForGood } from './write-for-good.ts'

/** A caught mail as `/sandbox/mails.json` shows it. */
export interface CaughtMail {
  id: string
  /** Who it was delivered to (the envelope's recipients), with `, ` between several. */
  to: string
  subject: string
  text: string
  /** Empty where the mail has no HTML part. */
  html: string
  /** The calendar object of the mail, or null. */
  ics: string | null
  /** By lower-case name, unfolded; a name that stands several times has a list. */
  headers: Record<string, string | string[]>
  /** When it arrived, ISO 8601 in UTC. */
  at: string
}

export interface MailStore {
  /** Resolves once the mail is on the disk for good. */
  keep(raw: Buffer, recipients: readonly string[], at: DateTime): Promise<void>
  /** All mails, oldest first; only those delivered to `to` when it is given (letters' case does not matter). */
  list(to?: string): Promise<CaughtMail[]>
  find(id: string): Promise<CaughtMail | undefined>
}

/** The number by which mails are ordered, and when it arrived: `00000012_1801825200000.eml`. */
const fileName = /^(\d{8})_(\d+)\.eml$/

/**
 * One `.eml` file a mail in a folder of its own: the message as it came, under a line for whom it was delivered to. The
 * folder alone says which mails there are: one that somebody takes out of it is gone.
 */
export async function openMailStore(folder: string): Promise<MailStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) if (name.endsWith('.part')) await rm(join(folder, name))
  const read = new Map<string, Promise<CaughtMail>>()
  let last = Number(fileName.exec((await fileNames(folder)).at(-1) ?? '')?.[1] ?? 0)
  return {
    async keep(raw, recipients, at) {
      last += 1
      const name = `${String(last).padStart(8, '0')}_${at.toMillis()}.eml`
      const delivered = recipients.map(recipient => `Delivered-To: ${recipient.replace(/[\r\n]/g, '')}\r\n`).join('')
      await writeForGood(folder, name, Buffer.concat([Buffer.from(delivered), raw]))
    },
    async list(to) {
      const mails = await Promise.all((await fileNames(folder)).map(readOnce))
      return to === undefined ? mails : mails.filter(mail => recipientsOf(mail).includes(to.trim().toLowerCase()))
    },
    async find(id) {
      const name = (await fileNames(folder)).find(file => file.startsWith(`${id}_`))
      return name ? readOnce(name) : undefined
    }
  }

  function readOnce(name: string): Promise<CaughtMail> {
    const known = read.get(name) ?? parse(folder, name)
    read.set(name, known)
    return known
  }
}

/** In the order of arrival. */
async function fileNames(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(name => fileName.test(name)).sort()
}

function recipientsOf({ to }: CaughtMail): string[] {
  return to.toLowerCase().split(', ')
}

async function parse(folder: string, name: string): Promise<CaughtMail> {
  const [, id = '', at = '0'] = fileName.exec(name) ?? []
  const mail = await simpleParser(await readFile(join(folder, name)), { skipTextToHtml: true, skipImageLinks: true })
  const headers = new Map<string, string | string[]>()
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n(?=[ \t])/g, '')
      .trim()
    const earlier = headers.get(key)
    headers.set(key, earlier === undefined ? value : [earlier, value].flat())
  }
  return {
    id,
    to: [headers.get('delivered-to') ?? []].flat().join(', '),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || '',
    ics: calendarOf(mail.attachments),
    headers: Object.fromEntries(headers),
    at: isoUtc(DateTime.fromMillis(Number(at)))
  }
}

function calendarOf(parts: readonly Attachment[]): string | null {
  return parts.find(({ contentType }) => contentType === 'text/calendar')?.content.toString('utf8') ?? null
}
