import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { invalid, notFound } from '../kernel/problem.ts'
import { hashToken } from '../kernel/secrets.ts'
import type { Said } from './answer.ts'
import { faultsOf } from './answer-faults.ts'
import { findOpen, type InvitationRow, takeAnswer } from './invitation-store.ts'
import { keepAnswer } from './keep-answer.ts'

/** More than this one link is not answered; nobody is told. */
const mostAnswers = 10

/** What somebody says who holds a partner's link. */
export type GivenAnswer = Said & { kind: Exclude<Said['kind'], 'enquiry'> }

/** The invitation whose link is open. @throws not-found, the same for a link that never was, ended or was taken back */
export async function openInvitation(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  scope: PracticeScope,
  token: string
): Promise<InvitationRow> {
  const found = await findOpen(db, scope, hashToken(token), now())
  if (!found) throw notFound('This page is not here any more')
  return found
}

/**
 * Keeps an answer, and gives the words by which its writer comes back to it, once. The link's page stays as it is, and what
 * is too much is answered alike, with the same work, and not kept.
 * @throws not-found, invalid-input with every fault named
 */
export async function answerInvitation(
  deps: Deps,
  scope: PracticeScope,
  token: string,
  given: GivenAnswer
): Promise<{ returnWords: string }> {
  const invitation = await openInvitation(deps, scope, token)
  const faults = faultsOf(given, deps.now().setZone(scope.practice.zone))
  if (faults.length) throw invalid(faults)
  return deps.db.transaction(async tx => {
    const kept = await takeAnswer(tx, scope, invitation.id, mostAnswers)
    return { returnWords: await keepAnswer(deps, tx, scope, invitation.id, given, kept) }
  })
}
