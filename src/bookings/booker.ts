import type { Actor } from '../identity/actor.ts'
import { ownIds, readRecipient } from '../identity/own-ids.ts'
import { type Given, normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'

/** Who books. */
export interface Booker {
  id: string
  email: string
  /** What is written of a new person; of one who is known, the name that is still missing. */
  given?: Given
  name?: string
  /** Under which ids the booker has clients already; none of a new person. */
  own: readonly string[]
}

/**
 * Whoever is signed in books as themselves; everybody else is a new, unproven person, whatever address they give.
 * @throws invalid-input where nobody is named, or a signed-in person names another address
 */
export async function bookerOf(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  given: Given | undefined
): Promise<Booker> {
  if (actor.kind !== 'person' || !actor.stepped) {
    if (!given) throw invalid([{ pointer: '/person', detail: 'Say who books: name, email and zone' }])
    return { id: newId(), email: given.email.trim(), given, own: [] }
  }
  const { id, email, name } = await readRecipient(deps, deps.db, scope, actor.person)
  if (given && normalisedAddress(given.email) !== normalisedAddress(email))
    throw invalid([{ pointer: '/person/email', detail: 'You are signed in with another address: leave person out' }])
  const missing = name === null ? given?.name?.trim() : undefined
  return { id, email, ...(missing && { name: missing }), own: await ownIds(deps.db, scope, id) }
}
