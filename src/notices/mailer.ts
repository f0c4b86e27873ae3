import type { DateTime } from 'luxon'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { Deps } from '../kernel/deps.ts'
import type { Words } from './render.ts'

/** One mail to one person. */
export interface Mail extends Words {
  to: string
  /** The discreet name in front of the sending address. */
  office: string
  /** `<…@host>` without the brackets; the same at every attempt, so that a client shows a second copy once. */
  messageId: string
  date: DateTime
  /** `brings`: what it means for the person's calendar; the entries of several appointments come as a file to be added. */
  invitation?: { method: 'REQUEST' | 'CANCEL' | 'PUBLISH'; brings: 'REQUEST' | 'CANCEL'; calendar: string }
}

/** The port through which mail leaves. */
export interface Mailer {
  /** The practice's mailbox: From of every mail, ORGANIZER of every invitation, and read by somebody. */
  address: string
  /** @throws MailNotSent when the server did not say that it took the mail. */
  send(mail: Mail): Promise<void>
  close(): void
}

export interface NoticeDeps extends Deps {
  mailer: Mailer
}

/** The mail may be tried again. `code` names the fault; the server's own words may hold an address and are dropped. */
export class MailNotSent extends Error {
  readonly code: string

  constructor(code: string) {
    super(`The mail was not taken: ${code}`)
    this.name = 'MailNotSent'
    this.code = code
  }
}

/** How long one mail may take at most, in milliseconds, before it counts as not sent. */
export const patience = 60_000

/**
 * Sends by SMTP over a few kept connections.
 * @param url SMTP_URL, `smtp[s]://user:password@host:port`
 * @param from MAIL_FROM, an address, or `Name <address>` of which the address is used
 */
export function smtpMailer(url: string, from: string): Mailer {
  const address = /<([^<>]+)>\s*$/.exec(from)?.[1]?.trim() ?? from.trim()
  const [, domain] = /^[^@\s]+@([^@\s]+)$/.exec(address) ?? []
  if (!domain) throw new TypeError('MAIL_FROM must be a mail address, such as office@example.com')
  const transport = createTransport({
    pool: true,
    url,
    name: domain, // how it greets the server: not the machine's own name
    maxConnections: 3,
    maxRequeues: 0, // a lost connection is tried again by the message's row, which counts
    idleTimeout: 10_000,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  return {
    address,
    async send(mail) {
      try {
        await transport.sendMail({ ...compose(mail, address), signal: AbortSignal.timeout(patience) })
      } catch (error) {
        throw new MailNotSent(faultOf(error))
      }
    },
    close: () => transport.close()
  }
}

/** The calendar object is the last part of multipart/alternative and, byte for byte, the file beside it (RFC 6047). */
function compose(
  { to, office, subject, text, html, messageId, date, invitation }: Mail,
  from: string
): SendMailOptions {
  return {
    from: { name: office, address: from },
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId: `<${messageId}>`,
    date: date.toJSDate(),
    xMailer: false,
    textEncoding: 'quoted-printable',
    headers: { 'Auto-Submitted': 'auto-generated' },
    ...(invitation && {
      icalEvent: {
        method: invitation.method,
        filename: 'invite.ics',
        content: Buffer.from(invitation.calendar, 'utf8'),
        contentTransferEncoding: 'base64'
      }
    })
  }
}

function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  const answer = 'responseCode' in error && typeof error.responseCode === 'number' ? ` ${error.responseCode}` : ''
  return `${code}${answer}`
}
