import { type Actor, notAllowed } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { notFound } from '../kernel/problem.ts'
import { findInviter, type InvitationRow } from './invitation-store.ts'

/**
 * Who asks, under which ids what they made stands, and for which client and therapist they invite. A person who has booked
 * nothing has neither. A booking's token opens what was made for its own client `only`, and counts for its own booker: of what
 * the person made to whom that one was joined it tells nothing, because whoever booked may be somebody else.
 * @throws not-allowed; not-found where the booking has no therapist who could read an answer
 */
export async function inviterOf(
  db: Executor,
  scope: PracticeScope,
  actor: Actor
): Promise<{
  inviter: string
  ids: string[]
  client: string | undefined
  therapist: string | undefined
  only?: string
}> {
  if (actor.kind === 'person') {
    const ids = await ownIds(db, scope, actor.person)
    const found = await findInviter(db, scope, { bookers: ids })
    return { inviter: actor.person, ids, client: found?.client, therapist: found?.therapist }
  }
  if (actor.kind !== 'booking') throw notAllowed('A page to share is made by whoever booked')
  const found = await findInviter(db, scope, { booking: actor.booking })
  if (!found) throw notFound('There is no such booking')
  const { booker, client, therapist } = found
  return { inviter: booker, ids: [booker], client, therapist, only: client }
}

/** Whether whoever asks may be shown this invitation of theirs. */
export function isOf({ clientId }: InvitationRow, only: string | undefined): boolean {
  return only === undefined || clientId === only
}
