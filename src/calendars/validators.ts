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
