import type { Access } from './access.ts'
import type { Answer, Ask } from './ask-outside.ts'
import { Unreadable } from './unreadable.ts'

/** What a server said of the bytes it gave, for asking whether they are still the same. */
export interface Validators {
  etag: string | null
  lastModified: string | null
}

/**
 * The text behind an ICS address, or that it is unchanged.
 * @throws Unreadable
 */
export async function fetchText(
  access: Access,
  known: Validators,
  ask: Ask
): Promise<(Validators & { text: string }) | 'unchanged'> {
  const headers = {
    accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1',
    ...authorization(access),
    ...(known.etag && { 'if-none-match': known.etag }),
    ...(known.lastModified && { 'if-modified-since': known.lastModified })
  }
  const answer = await ask({ method: 'GET', url: access.url, headers })
  if (answer.status === 304 && (known.etag || known.lastModified)) return 'unchanged'
  mustBeFine(answer.status)
  const { etag = null, 'last-modified': lastModified = null } = answer.headers
  return { etag, lastModified, text: textOf(answer) }
}

/** @throws Unreadable, by what a status means to who typed the address in */
export function mustBeFine(status: number): void {
  if (status >= 200 && status < 300) return
  if (status === 401 || status === 403) throw new Unreadable('refused')
  if (status === 404 || status === 410) throw new Unreadable('gone')
  throw new Unreadable('unavailable')
}

export function authorization({ user, password }: Access): { authorization?: string } {
  if (!user) return {}
  return { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` }
}

function textOf({ body }: Answer): string {
  return new TextDecoder().decode(body)
}
