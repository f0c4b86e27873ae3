import type { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import type { Choice, Chosen } from '../availability/choose.ts'
import { occupied } from '../catalog/lay.ts'
import { isForTwo, type SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { chooseFree } from './choose-free.ts'
import type { ProposalRequest } from './private-proposal-schema.ts'
import { refusalOf } from './refuse.ts'
import { mustSuit, wantedOf } from './suit-client.ts'
import { mustBeTheirs } from './whose-calendar.ts'

type Offering = NonNullable<Chosen['offering']>

/**
 * With whom and where all of some starts can be had, and what each takes of them. Under their locks until the transaction
 * ends: the first start decides, where it was left open.
 * @param own under which ids they are known to whom it is proposed: what rules of care ask of them is asked here, too
 * @throws the refusal of the first start that cannot be had
 */
export async function findFreeStarts(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  actor: Actor,
  {
    sessionType: slug,
    starts,
    therapist,
    place,
    override = []
  }: Pick<ProposalRequest, 'sessionType' | 'starts' | 'therapist' | 'place' | 'override'>,
  type: SessionType,
  own: readonly string[]
): Promise<{ offering: Offering; kept: { resourceId: string; during: Stretch }[] }> {
  let offering: Offering | undefined
  const kept: { resourceId: string; during: Stretch }[] = []
  for (const start of inOrder(starts)) {
    const at = { therapist: offering?.therapistSlug ?? therapist, place: offering?.placeSlug ?? place }
    const choice: Choice = { slug, start: start.toMillis(), ...at, forStaff: { override, type } }
    const { chosen } = await chooseFree(deps, tx, scope, choice, undefined)
    if (chosen.verdict !== 'free') throw await refusalOf(deps, scope, type, choice, chosen.verdict)
    // Of somebody who is new nothing is known that a rule could ask: staff speak with them.
    if (own.length > 0 && !override.includes('caps'))
      await mustSuit(tx, scope, own, { type, choice, ...wantedOf(chosen) }, deps.now().toMillis())
    offering = chosen.offering
    kept.push(...keptOf(type, chosen))
  }
  if (!offering) throw new Error('A proposal has one start at least')
  mustBeTheirs(actor, offering.personId, isForTwo(type))
  return { offering, kept }
}

function keptOf(
  { plan, rules: { before, after } }: SessionType,
  { laid, offering }: Extract<Chosen, { verdict: 'free' }>
) {
  const { therapist, second, room, zone } = offering
  const resources = [therapist, ...(second ? [second.therapist] : []), ...(room ? [room] : [])]
  return occupied(plan, laid, { before, after }, zone).flatMap(({ start, end }) =>
    resources.map(resourceId => ({ resourceId, during: { start: instantOf(start), end: instantOf(end) } }))
  )
}

const inOrder = (starts: readonly DateTime[]) => [...starts].sort((one, other) => one.toMillis() - other.toMillis())
