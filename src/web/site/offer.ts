import type { DateTime } from 'luxon'
import { undoHours } from '../../bookings/cancellation.ts'
import { lookAtSeat } from '../../bookings/choose-seat.ts'
import { quote } from '../../bookings/quote.ts'
import type { QuoteView } from '../../bookings/quote-schema.ts'
import { meaningOf } from '../../bookings/quote-seat.ts'
import { termsText } from '../../bookings/terms.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { findPublicType } from '../../catalog/read-session-types.ts'
import { instalmentsOf, isAfterCalls, isForTwo, type SessionType } from '../../catalog/session-type.ts'
import { listPlaces } from '../../catalog/store.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { moneyText } from '../../kernel/money.ts'
import { type Choice, firstStart, startOf } from '../choice.ts'
import { datedPolicyText } from '../components/policy-words.ts'
import { duesText, priceText } from '../components/words.ts'
import { type Alternative, alternativesOf } from './alternatives.ts'
import { answerText } from './answer-text.ts'
import type { Offer } from './details.tsx'
import { othersText } from './parts-of-booking.ts'
import { timesAddress } from './times-address.ts'

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
  const { edition } = choice
  if (edition) return offerOfDates(deps, scope, { ...choice, edition }, sealed)
  const type = await findPublicType(deps, scope, choice.type)
  const quoted = await quote(deps, scope, type.slug, startOf(choice))
  const parts = instalmentsOf(type) && (await quote(deps, scope, type.slug, { ...startOf(choice), instalments: true }))
  const offer = await offerIn(deps, scope, choice, { type, quoted, sealed })
  const times = timesOf(quoted.appointments)
  const gone = times.some(({ free }) => !free)
  // What belongs together has the same alternatives for each of its parts.
  const nearest = [
    ...new Map(times.flatMap(({ alternatives }) => alternatives).map(slot => [slot.start, slot])).values()
  ]
  const each = choice.occurrences && `/b/each/${sealed}`
  return {
    offer: {
      ...offer,
      instalments: parts ? inWords(parts, choice.zone, type.rules.approval) : undefined,
      ...(each && { back: { address: each, words: 'Other times' } })
    },
    taken: gone ? alternativesOf(deps, scope, choice, nearest) : undefined
  }
}

/** The same of dates; where no place is left there is nothing near. */
async function offerOfDates(
  deps: Deps,
  scope: PracticeScope,
  choice: Choice & { edition: string },
  sealed: string
): Promise<{ offer: Offer; taken: Alternative[] | undefined }> {
  const { type: slug, edition } = choice
  const { type, laid, verdict } = await lookAtSeat(deps, scope, { slug, edition })
  const quoted = meaningOf(deps, scope, type, laid, verdict === 'free')
  return {
    offer: await offerIn(deps, scope, choice, { type, quoted, sealed }),
    taken: verdict === 'free' ? undefined : []
  }
}

/** What was quoted for a choice, in the words and sums of a page. */
export async function offerIn(
  deps: Deps,
  scope: PracticeScope,
  choice: Choice,
  { type, quoted, sealed }: { type: SessionType; quoted: QuoteView; sealed: string }
): Promise<Offer> {
  const { practice } = scope
  const { zone, place, edition } = choice
  const { appointments, price, dues, policy, termsVersion } = quoted
  const start = firstStart(choice)
  const where = (await listPlaces(deps.db, scope)).find(({ slug }) => slug === place)
  const now = dues.filter(({ dueAt }) => dueAt <= deps.now()).reduce((sum, { amount }) => sum + amount.amount, 0)
  return {
    sealed,
    back: edition
      ? { address: `/sessions/${type.slug}`, words: 'Other dates' }
      : { address: timesAddress(type.slug, { zone }), words: 'Another time' },
    type,
    appointments: timesOf(appointments).sort((one, other) => one.start.toMillis() - other.start.toMillis()),
    besides: besidesOf(appointments),
    zone,
    practiceZone: practice.zone,
    place: where?.name ?? place,
    dueNow: now > 0 ? moneyText({ ...price, amount: now }) : undefined,
    price: priceText(price),
    dues: dues.length > 1 ? duesText(dues, zone, type.rules.approval) : undefined,
    instalments: undefined,
    policy: datedPolicyText(policy, price, zone, isUndoable(policy, start, deps.now())),
    terms: termsText({ ...type, price }, practice),
    termsVersion,
    forTwo: isForTwo(type),
    asksTheOther: isAfterCalls(type),
    others: choice.edition !== undefined,
    approval: type.rules.approval,
    answer: answerText(type),
    statement: practice.policies.statement
  }
}

/** Instalments, in sums and days. */
function inWords({ dues, price, policy }: QuoteView, zone: string, approval: boolean): Offer['instalments'] {
  return { dues: duesText(dues, zone, approval), policy: datedPolicyText(policy, price, zone) }
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
