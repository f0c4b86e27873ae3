import { type Choice, type Chosen, choose, chooseKnown, offeringsFor } from '../availability/choose.ts'
import { type Offer, resourcesOf } from '../availability/offer-store.ts'
import { queueFor, queueForOffered } from '../availability/queue-store.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { type Transaction, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { endOverdue } from './expire.ts'
import { askWindowAndHolds, countHolds } from './hold-store.ts'
import { type Holder, linesOf } from './holder.ts'
import { limitHolds } from './limit-holds.ts'

/**
 * Locks what the choice may need, and asks under the locks whether the time can be had, by this holder too: one round
 * trip where nothing stands in the way. Holds that are over and wait for nobody's payment are ended by whoever wants
 * their time.
 * @param lines where a client’s own bookings wait for each other: before the resources
 * @param offer what is known of the type already
 * @throws no-such-session-type, too-many-holds, day-held; OfferChanged where the offer is another by now
 */
export async function chooseFree(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  choice: Choice,
  holder: Holder | undefined,
  lines: readonly string[] = [],
  offer?: Offer
): Promise<{ type: SessionType; chosen: Chosen }> {
  const now = deps.now().toMillis()
  const asking = { choice, holder, before: [...linesOf(holder), ...lines], now }
  const { resources, first, ...known } = offer
    ? await chooseOffered(tx, scope, offer, asking)
    : await chooseAny(tx, scope, asking)
  const { verdict, laid, offering } = first
  const isEnded =
    verdict === 'taken' &&
    offering &&
    (await endOverdue(deps, tx, scope, first.type, laid, offering.zone, resources)) > 0
  // What was ended may have been the holder's own.
  const [chosen, holds] = isEnded
    ? await together(choose(tx, scope, choice, now), holder && countHolds(tx, scope, holder))
    : [first, known.holds]
  const { type } = chosen
  if (chosen.verdict === 'free' && holds) await limitHolds(deps, tx, scope, holds, type, chosen)
  return { type, chosen }
}

interface Asking {
  choice: Choice
  holder: Holder | undefined
  /** The lines to wait in before those of the resources. */
  before: readonly string[]
  now: number
}

/** Reads all that the choice depends on. */
async function chooseAny(tx: Transaction, scope: PracticeScope, { choice, holder, before, now }: Asking) {
  const [resources, first, holds] = await together(
    queueForOffered(tx, scope, choice, before),
    choose(tx, scope, choice, now),
    holder && countHolds(tx, scope, holder)
  )
  return { resources, first, holds }
}

/** The same of an offer that is known: what is taken and how much is held are one question. */
async function chooseOffered(
  tx: Transaction,
  scope: PracticeScope,
  offer: Offer,
  { choice, holder, before, now }: Asking
) {
  const offerings = offeringsFor(offer, choice)
  const [resources, window] = await together(
    queueFor(tx, scope, resourcesOf(offerings), before),
    askWindowAndHolds(tx, scope, offer, { start: choice.start, offerings }, holder ?? nobody)
  )
  return { resources, first: chooseKnown(offer, window, choice, now), holds: holder && window.beside }
}

/** Whose holds count for no limit: none has this browser or address. */
const nobody = { browser: null, address: null }
