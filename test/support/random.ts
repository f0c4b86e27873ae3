const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
/** 32 random bytes in base64url: every link's token, every form's secret. */
const token = /(?<![\w-])[\w-]{43}(?![\w-])/g

/**
 * A text without its ids and tokens. By chance they spell any short word or number: before a text is searched for words that
 * must not stand there, they go.
 */
export function withoutRandom(text: string): string {
  return text.replace(id, '…').replace(token, '…')
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
