import type { DateTime } from 'luxon'
import { v7 } from 'uuid'
import { random } from './random.ts'

/** When the last id was made (ms), and its place among those of that time. */
let [last, place] = [0, 0]

/**
 * A new UUIDv7: rows of one time lie together, and the id is known before the row is written. Of one process each is
 * above the one before, also within a millisecond (RFC 9562, section 6.2, method 1).
 */
export function newId(): string {
  const bytes = random(16)
  const now = Date.now()
  if (now > last) [last, place] = [now, bytes.readUInt32BE(6) >>> 1]
  else if (place < 0xffffffff) place += 1
  else [last, place] = [last + 1, 0]
  return v7({ msecs: last, seq: place, random: bytes })
}

/** The UUIDv7 of an instant and 16 unguessable bytes: the same again from the same. */
export const idFrom = (at: DateTime, bytes: Uint8Array): string => v7({ msecs: at.toMillis(), random: bytes })
