import { type Choice, type Chosen, nearest } from '../availability/choose.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { Interval } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { Actor } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { instantOf, isoUtc } from '../kernel/time.ts'
import { notOffered } from './booking.ts'
import { type AskedOf, findClientFacts, findStanding } from './care-store.ts'
import { dependsOnClient, firstTime, type Unsuited, unsuited } from './client-care.ts'

/** Times that are free, and with whom they would be had. */
interface Wanted {
  type: SessionType
  choice: Choice
  /** The place's id, and the zone in which weeks are counted. */
  at: { place: string; zone: string }
  times: readonly Pick<Interval, 'start' | 'end'>[]
  /** Appointments that are to be moved. */
  moving?: readonly string[] | undefined
}

/** As far to both sides of what is wanted as the nearest other times are looked for. */
const reach = 22 * 86_400_000

/**
 * The rules of care that depend on who the client is: so many a week, what comes first, two partners who need not meet. Asked
 * under the client's lock and the resources'. Whoever is not signed in is a first-time client, whatever they say of themselves.
 * @param own under which ids the client stands; none of somebody who is not signed in
 * @throws not-offered with the nearest times that would suit
 */
export async function mustSuit(
  db: Executor,
  scope: PracticeScope,
  own: readonly string[],
  { type, choice, at, times, moving }: Wanted,
  now: number
): Promise<void> {
  const { rules } = type
  if (!dependsOnClient(rules)) return
  // All of what is wanted, however far a series goes, and around its start what could be had instead.
  const from = Math.min(choice.start - reach, ...times.map(({ start }) => start))
  const to = Math.max(choice.start + reach, ...times.map(({ end }) => end))
  const asked: AskedOf = { type, place: at.place, from, to, moving }
  const facts = own.length > 0 ? await findClientFacts(db, scope, own, asked) : firstTime
  const why = unsuited(rules, facts, times, at.zone)
  if (!why) return
  const open = await nearest(db, scope, choice, now, Number.POSITIVE_INFINITY)
  const suiting = open.filter(
    ({ segments, offering }) =>
      offering.place === at.place && unsuited(rules, facts, segments, offering.zone) === undefined
  )
  const alternatives = suiting
    .sort((one, other) => Math.abs(one.start - choice.start) - Math.abs(other.start - choice.start))
    .slice(0, 5)
    .sort((one, other) => one.start - other.start)
    .map(viewSlot)
  // Which rule it was is told where it is the client’s own matter.
  throw notOffered(textOf(why, type, choice.start), { alternatives, ...(why !== 'too-near' && { rule: why }) })
}

/** Of two who may be too near to each other nothing is said: it reads like any other time that is not offered. */
function textOf(why: Unsuited, { rules }: SessionType, start: number): string {
  if (why === 'first-comes-first')
    return `Begin with ${(rules.first ?? []).map(slug => `“${slug}”`).join(' or ')}. If you have, sign in and book as yourself`
  if (why === 'too-often')
    return `At most ${rules.perClientWeek} of these a week: your therapist can allow more. Other weeks are in “alternatives”`
  return `${isoUtc(instantOf(start))} is not a start of this session. The nearest are in “alternatives”`
}

/** Of a choice that is free, what the rules ask. */
export function wantedOf({ offering, laid }: Extract<Chosen, { verdict: 'free' }>): Pick<Wanted, 'at' | 'times'> {
  return { at: { place: offering.place, zone: offering.zone }, times: laid }
}

/** A choice as whoever is signed in makes it, and in which lines they wait before they take it. */
export interface OwnChoice {
  choice: Choice
  lines: string[]
}

/**
 * Whoever has been with a therapist stays with them, unless another is named: the therapist of their latest booking who
 * offers this session too. Two bookings of one client wait for each other.
 */
export async function asOwnChoice(
  db: Executor,
  scope: PracticeScope,
  own: readonly string[],
  choice: Choice
): Promise<OwnChoice> {
  if (own.length === 0) return { choice, lines: [] }
  const { clients, therapist } = await findStanding(db, scope, own, choice.slug)
  return { choice: { ...choice, therapist: choice.therapist ?? therapist ?? undefined }, lines: [...own, ...clients] }
}

/** Under which ids somebody who is signed in books; none of anybody else. */
export async function idsOfBooker(db: Executor, scope: PracticeScope, actor: Actor | undefined): Promise<string[]> {
  return actor?.kind === 'person' && actor.stepped ? ownIds(db, scope, actor.person) : []
}
