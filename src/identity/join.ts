import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { isMailboxShared, joinPersons, listUnproven } from './address-store.ts'
import { openLink } from './links.ts'
import type { PracticeScope } from './practice.ts'

/**
 * Who booked, or asked to wait, with this person's address without signing in: offered, never joined by itself. Where the mailbox was marked
 * shared its address tells nothing of who booked, so that only those are offered whose own token this browser holds.
 * @param tokens the bookings' tokens that the browser or program shows
 */
export async function findJoinable(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  scope: PracticeScope,
  person: string,
  tokens: readonly string[]
): Promise<string[]> {
  if (!(await isMailboxShared(db, scope, person))) return listUnproven(db, scope, person)
  const links = await Promise.all(tokens.map(token => openLink(db, scope, token, now())))
  const holders = links.flatMap(link => (link?.purpose === 'booking_answer' ? [link.person] : []))
  return holders.length > 0 ? listUnproven(db, scope, person, holders) : []
}

/** Joins what those persons booked to a person's own, by that person's yes: all of it in one transaction. */
export async function join(deps: Deps, scope: PracticeScope, person: string, chosen: readonly string[]): Promise<void> {
  if (chosen.length === 0) return
  await deps.db.transaction(tx => joinIn(deps, tx, scope, person, chosen))
}

/** The same in a transaction of the caller's. @returns those that nobody had joined before */
export async function joinIn(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  person: string,
  chosen: readonly string[]
): Promise<string[]> {
  const all = await joinPersons(tx, scope, person, chosen)
  for (const joined of all)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `person:${person}`,
      kind: 'person.joined',
      subjects: { person, joined }
    })
  return all
}
