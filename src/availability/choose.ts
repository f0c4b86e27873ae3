import { lay } from '../catalog/lay.ts'
import { hasOpenSteps, isWholeWithSteps } from '../catalog/plan.ts'
import type { Rounds } from '../catalog/run.ts'
import { noSuchPublicType, type SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { proposeAround } from './around.ts'
import { offerOf } from './calendar.ts'
import { checkEach, type Place, type Wishes } from './check-each.ts'
import { type Calendar, checkStart, type Verdict } from './engine.ts'
import { OfferChanged } from './known-offer.ts'
import type { KnownWindow } from './known-store.ts'
import { loadOwn } from './load-own.ts'
import type { Offer } from './offer-store.ts'
import { type OpenSlot, openSlots } from './open-slots.ts'
import { type ForStaff, relaxed } from './override.ts'
import { howMany, type Offered, waysOf } from './pair.ts'
import { type Preference, proposeSteps } from './propose.ts'
import type { OpenStep } from './step-windows.ts'
import { stepsWanted, wanted } from './wanted.ts'
import type { Loaded } from './window-store.ts'

/** What a client chose: a public session type, a start (ms), how often, and perhaps with whom and where. */
export interface Choice extends Rounds {
  slug: string
  start: number
  therapist?: string | undefined
  place?: string | undefined
  /** Where single appointments are wanted, of a type whose appointments stand apart. */
  wishes?: Wishes | undefined
  /** When the steps of a programme would suit best. */
  preference?: Preference | undefined
  /** What staff ask for: also a type that is not public, and with some of its rules set aside. */
  forStaff?: ForStaff | undefined
}

/** Whether a start can be had, and with whom and where; or the most telling reason why not. */
export type Chosen =
  | ({ verdict: 'free'; offering: Offered; calendar: Calendar } & Times)
  | ({
      verdict: Exclude<Verdict, 'free'>
      offering: Offered | undefined
      calendar: Calendar | undefined
    } & Times)

/** Where the appointments would lie, and the steps that get their time later. */
interface Times {
  laid: readonly Place[]
  open: readonly OpenStep[]
}

const telling: readonly Verdict[] = ['free', 'taken', 'too-soon', 'too-far', 'not-offered']

/**
 * Asks of every therapist and place that were left open; the first that is free is chosen, else the one that is free most
 * often; of a session with two therapists, of every two of them. For a sale: under their locks.
 * @returns the type as it is wanted: so many rounds, and their price without what is left out
 * @throws no-such-session-type also for one that is not public: nothing tells that it exists; invalid-input
 */
export async function choose(
  db: Executor,
  scope: PracticeScope,
  choice: Choice,
  now: number
): Promise<Chosen & { type: SessionType }> {
  const { slug, start, therapist, place, forStaff } = choice
  const asked = { slug, from: start, to: start + 1, therapist, place, hidden: forStaff !== undefined, beside: true }
  return chooseOf(await loadOwn(db, scope, asked, forStaff?.type), choice, now)
}

/**
 * The same of an offer that is known, for a client, by what was read of its window.
 * @throws OfferChanged where the catalogue is another by now, no-such-session-type, invalid-input
 */
export function chooseKnown(
  offer: Offer,
  { mark, loaded }: KnownWindow,
  choice: Choice,
  now: number
): Chosen & { type: SessionType } {
  if (mark !== offer.mark) throw new OfferChanged()
  if (!offer.type.public) throw noSuchPublicType(choice.slug)
  return chooseOf(loaded, choice, now)
}

/** Of an offer those therapists and places that a choice leaves. */
export function offeringsFor({ type, offerings }: Offer, { therapist, place }: Choice): Offer['offerings'] {
  return offerings.filter(
    one => (!therapist || one.therapistSlug === therapist || howMany(type) > 1) && (!place || one.placeSlug === place)
  )
}

function chooseOf(loaded: Loaded, choice: Choice, now: number): Chosen & { type: SessionType } {
  const { slug, therapist } = choice
  if (!loaded.type) throw noSuchPublicType(slug)
  const type = wanted(loaded.type, choice)
  let best: Chosen = { verdict: 'not-offered', offering: undefined, calendar: undefined, laid: [], open: [] }
  for (const { offering, calendar } of waysOf(loaded, type, therapist)) {
    const found = { ...check(type, calendar, choice, now), offering, calendar }
    if (found.verdict === 'free') return { ...found, verdict: 'free', type }
    const rank = telling.indexOf(found.verdict) - telling.indexOf(best.verdict)
    if (rank < 0 || (rank === 0 && freeOnes(found) > freeOnes(best))) best = { ...found, verdict: found.verdict }
  }
  return { ...best, type }
}

function check(type: SessionType, known: Calendar, choice: Choice, now: number) {
  const { start, wishes, preference, forStaff } = choice
  const { offer, calendar } = relaxed(offerOf(type), known, forStaff?.override)
  if (isWholeWithSteps(type.plan))
    return proposeAround(offer, calendar, start, now, { wanted: stepsWanted(type.plan, wishes), wishes, preference })
  if (hasOpenSteps(type.plan)) return proposeSteps(offer, calendar, start, now, wishes, preference)
  if (type.plan.apart) return { ...checkEach(offer, calendar, start, now, wishes), open: [] }
  const verdict = checkStart(offer, calendar, start, now)
  if (verdict !== 'free' && verdict !== 'taken') return { verdict, laid: [], open: [] }
  const laid = (lay(type.plan, start, calendar.zone) ?? []).map(segment => ({ ...segment, verdict }))
  return { verdict, laid, open: [] }
}

const freeOnes = ({ laid }: Chosen) => laid.filter(({ verdict }) => verdict === 'free').length

/** The open starts nearest to one that is gone, at most `most`, soonest first: first of the same week, then of three. */
export async function nearest(
  db: Executor,
  scope: PracticeScope,
  { slug, start, therapist, place, forStaff }: Choice,
  now: number,
  most = 5
): Promise<OpenSlot[]> {
  for (const days of [7, 21]) {
    const reach = days * 86_400_000
    const asked = {
      slug,
      from: Math.max(start - reach, now),
      to: start + reach,
      therapist,
      place,
      hidden: forStaff !== undefined
    }
    const slots = openSlots(await loadOwn(db, scope, asked, forStaff?.type), asked, now)
    if (slots.length >= most || days === 21)
      return slots
        .sort((one, other) => Math.abs(one.start - start) - Math.abs(other.start - start))
        .slice(0, most)
        .sort((one, other) => one.start - other.start)
  }
  return []
}
