import type { DateTime } from 'luxon'
import type { SlotsView } from '../../availability/schema.ts'
import { undoHours } from '../../bookings/cancellation.ts'
import { quote } from '../../bookings/quote.ts'
import type { QuoteView } from '../../bookings/quote-schema.ts'
import { termsText } from '../../bookings/terms.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import { isForTwo } from '../../catalog/session-type.ts'
import { listPlaces } from '../../catalog/store.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { moneyText } from '../../kernel/money.ts'
import { type Choice, firstStart, sealChoice, startOf } from '../choice.ts'
import { datedPolicyText, priceText } from '../components/words.ts'
import type { Offer } from './details.tsx'
import { othersText } from './show-booking.ts'

type Slot = SlotsView['slots'][number]
/** A free time near the one that is gone, with the sealed choice that its button leads to. */
export interface Alternative {
  slot: Slot
  sealed: string
}

/**
 * What a choice would mean, in the words and sums of the details page.
 * @returns also the nearest other times where this one has been taken
 * @throws what `quote` throws
 */
export async function offerOf(
  deps: Deps,
  scope: PracticeScope,
  choice: Choice,
  sealed: string
): Promise<{ offer: Offer; taken: Alternative[] | undefined }> {
  const { practice } = scope
  const { zone, place } = choice
  const type = await findPublicType(deps, scope, choice.type)
  const { appointments, price, dues, policy, termsVersion } = await quote(deps, scope, type.slug, startOf(choice))
  const start = firstStart(choice)
  const times = timesOf(appointments)
  const where = (await listPlaces(deps.db, scope)).find(({ slug }) => slug === place)
  const now = dues.filter(({ dueAt }) => dueAt <= deps.now()).reduce((sum, { amount }) => sum + amount.amount, 0)
  const offer = {
    sealed,
    each: choice.occurrences && `/b/each/${sealed}`,
    type,
    appointments: times,
    besides: besidesOf(appointments),
    zone,
    practiceZone: practice.zone,
    place: where?.name ?? place,
    dueNow: now > 0 ? moneyText({ ...price, amount: now }) : undefined,
    price: priceText(price),
    policy: datedPolicyText(policy, price, zone, isUndoable(policy, start, deps.now())),
    terms: termsText({ ...type, price }, practice),
    termsVersion,
    forTwo: isForTwo(type),
    approval: type.rules.approval,
    statement: practice.policies.statement
  }
  const gone = times.some(({ free }) => !free)
  const nearest = times.flatMap(({ alternatives }) => alternatives)
  return { offer, taken: gone ? alternativesOf(deps, scope, choice, nearest) : undefined }
}

/** What of it has no time here. */
function besidesOf(appointments: QuoteView['appointments']): string[] {
  const later = appointments.filter(one => 'open' in one).length
  return [
    ...(appointments.some(({ who }) => who === 'other') ? [othersText] : []),
    ...(later > 0
      ? [`${later === 1 ? 'One time is' : `${later} times are`} still to be chosen, on your own page.`]
      : [])
  ]
}

/** Whoever books inside a closed band may undo it for a while, where the start is not too near. */
function isUndoable([first]: QuoteView['policy'], start: DateTime, now: DateTime): boolean {
  return first !== undefined && first.keep.amount > 0 && start.minus({ hours: undoHours }) > now
}

/** Each alternative as a choice of its own. */
export function alternativesOf(
  { secrets }: Deps,
  scope: PracticeScope,
  choice: Choice,
  slots: readonly Slot[]
): Alternative[] {
  return slots.map(slot => {
    const { start, therapist, place } = slot
    return { slot, sealed: sealChoice(secrets, scope, { ...choice, start, therapist, place }) }
  })
}
