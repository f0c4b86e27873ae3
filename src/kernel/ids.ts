import { randomFillSync } from 'node:crypto'
import type { DateTime } from 'luxon'
import { v7 } from 'uuid'

// To ask the system for sixteen random bytes takes as long as for thousands, and a booking makes a dozen ids.
const pool = new Uint8Array(4096)
let used = pool.length

/** Sixteen bytes of the pool, each given out once. */
function sixteen(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 16
  return pool.subarray(used - 16, used)
}

let [msecs, seq] = [0, 0]

/**
 * A new UUIDv7: rows of one time lie together, and the id is known before the row is written. Those of one process rise,
 * whatever its clock does: within a millisecond by a counter that begins at random (RFC 9562, section 6.2, method 1).
 */
export function newId(): string {
  const random = sixteen()
  const now = Date.now()
  if (now > msecs) {
    msecs = now
    // 31 of its 32 bits, so that there is room to count on.
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1
  } else seq += 1
  return v7({ msecs, seq, random })
}

/** The UUIDv7 of an instant and 16 unguessable bytes: the same again from the same. */
export const idFrom = (at: DateTime, random: Uint8Array): string => v7({ msecs: at.toMillis(), random })
