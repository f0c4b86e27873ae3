import { randomUUID } from 'node:crypto'
import type { Settings } from '../kernel/deps.ts'

/**
 * A participant's UID for the life of the appointment (RFC 7986, 5.3): 122 random bits of its own, and the domain of
 * this installation, by which our own entries are known when they come back in an outside calendar.
 */
export function newUid({ uidDomain }: Pick<Settings, 'uidDomain'>): string {
  return `${randomUUID()}@${uidDomain}`
}
