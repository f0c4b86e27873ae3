import type { IncomingHttpHeaders } from 'node:http'
import { DateTime } from 'luxon'

/** What a fetcher says that it has already. */
export type Known = 'anything' | readonly string[]

/**
 * If-None-Match (RFC 9110, 13.1.2): `*`, or a list of entity tags, which are compared weakly, so that `W/` is nothing.
 * What cannot be read names nothing, and the whole answer is sent.
 */
export function readIfNoneMatch(header: string | undefined): Known {
  if (header?.trim() === '*') return 'anything'
  return [...(header ?? '').matchAll(/(?:W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g)].map(([, tag = '']) => tag)
}

/**
 * If-Modified-Since (RFC 9110, 13.1.3): in any of the three forms of a date (5.6.7), and only where no tag is named, which
 * says it better. What is no date is as if it were not there.
 * @returns whether the bytes are still those of then, to the second
 */
export function isUnmodified(headers: IncomingHttpHeaders, revisedAt: Date): boolean {
  const since = headers['if-modified-since']
  if (since === undefined || headers['if-none-match'] !== undefined) return false
  const then = DateTime.fromHTTP(since)
  return then.isValid && Math.floor(revisedAt.getTime() / 1000) <= then.toSeconds()
}
