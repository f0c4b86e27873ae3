import { randomUUID } from 'node:crypto'
import type { Settings } from '../kernel/deps.ts'

/** The calendar identity of one person at one appointment: 122 random bits of its own, tied to nothing. RFC 7986, 5.3. */
export function newUid({ uidDomain }: Settings): string {
  return `${randomUUID()}@${uidDomain}`
}
