import { isForTwo, noSuchType, type SessionType } from '../catalog/session-type.ts'
import { findSessionType } from '../catalog/store.ts'
import { personOf } from '../clients/read-clients.ts'
import { type Actor, actorName } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import { newPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { writeRows } from '../kernel/rows.ts'
import { newToken, seal } from '../kernel/secrets.ts'
import type { Booker } from './booker.ts'
import { callerOf } from './caller.ts'
import { checkProposal } from './check-proposal.ts'
import { findFreeStarts } from './find-free-starts.ts'
import { ownVersion } from './own-version.ts'
import type { ProposalRequest } from './private-proposal-schema.ts'
import { findProposal, insertPrivateProposal } from './proposal-store.ts'
import { maySaySpoken, noteSpoken } from './spoken.ts'
import { calendarFor } from './whose-calendar.ts'

/**
 * Offers one person a session with an own price, plan or times, by a discreet link that is mailed to them. Kept times are
 * nobody else's until it ends; those that are not kept may be gone when they are wanted.
 * @param id the proposal's: one that is there already was made by an earlier run of the same request
 * @throws no-such-session-type, no-such-client, not-allowed, invalid-input; slot-taken, not-offered, too-soon, too-far for
 * the first start that cannot be had
 */
export async function proposePrivately(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  request: ProposalRequest,
  id = newId()
): Promise<string> {
  if (await findProposal(deps.db, scope, { id })) return id
  const newest = await findSessionType(deps.db, scope, request.sessionType)
  if (!newest) throw noSuchType(`There is no session type “${request.sessionType}”`)
  checkProposal(request, newest, scope.practice.currency, deps.now())
  const proposed = { ...newest, plan: request.plan ?? newest.plan }
  maySaySpoken(actor, proposed, request.spokenWithEach)
  const therapist = await calendarFor(deps, scope, actor, request.therapist, isForTwo(proposed))
  const caller = await callerOf(deps, scope, actor, request)
  await deps.db.transaction(async tx => {
    const type = await ownVersion(deps, tx, scope, newest, request)
    const { offering, kept } = await findFreeStarts(deps, tx, scope, actor, { ...request, therapist }, type, caller.own)
    const link = await linkFor(deps, tx, scope, caller, id)
    const practiceId = scope.practice.id
    const { hold, starts, until } = request
    const { amount: price, currency } = type.price
    const row = {
      practiceId,
      id,
      personId: caller.id,
      clientId: request.client ?? null,
      sessionTypeId: type.id,
      version: type.version,
      therapistId: offering.therapist,
      placeId: offering.place,
      ...link,
      ...{ price, currency, until },
      spokenWithEach: request.spokenWithEach === true,
      state: 'open' as const,
      by: personOf(actor),
      createdAt: deps.now()
    }
    const keptRows = kept.map(one => ({ ...one, practiceId, proposalId: id }))
    await insertPrivateProposal(tx, row, starts, hold ? keptRows : [])
    await note(deps, tx, scope, actor, id, request, type)
    if (request.spokenWithEach) await noteSpoken(deps, tx, scope, actor, id)
  })
  return id
}

/** Who is new is written now, and stays unproven. The link is sealed with their own key, to be mailed and copied again. */
async function linkFor(deps: Deps, tx: Transaction, scope: PracticeScope, { id: person, given }: Booker, row: string) {
  if (given) await writeRows(tx, newPerson(deps, scope, given, person))
  const { token, hash } = newToken()
  const spot = { practice: scope.practice.id, table: 'private_proposals', column: 'link', row }
  const url = `${linkBase(deps.settings, scope.practice)}/o/${token}`
  return { tokenHash: hash, link: seal(await dataKeyOf(deps, tx, scope, person), spot, url) }
}

async function note(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { override = [], reason, client }: ProposalRequest,
  type: SessionType
): Promise<void> {
  const practice = scope.practice.id
  const name = actorName(actor)
  const why = [override.length > 0 && `without ${override.join(', ')}`, reason].filter(Boolean).join(': ')
  const subjects = [id, type.id, ...(client ? [client] : [])]
  await record(tx, deps.now, { practice, actor: name, kind: 'proposed', subjects, ...(why && { why }) })
  await emit(deps, tx, { practice, actor: name, kind: 'proposal.made', subjects: { proposal: id } })
}
