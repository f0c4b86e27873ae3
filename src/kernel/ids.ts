import type { DateTime } from 'luxon'
import { v7 } from 'uuid'

/** A new UUIDv7 (RFC 9562): rows of one time lie together, and the id is known before the row is written. */
export const newId = (): string => v7()

/** The UUIDv7 of an instant and 16 unguessable bytes: the same again from the same. */
export const idFrom = (at: DateTime, random: Uint8Array): string => v7({ msecs: at.toMillis(), random })
