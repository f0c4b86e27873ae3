import { v7 } from 'uuid'

/** A new UUIDv7 (RFC 9562): rows of one time lie together, and the id is known before the row is written. */
export const newId = (): string => v7()
