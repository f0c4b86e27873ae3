import { DateTime } from 'luxon'
import type { EditionState } from '../../db/schema/catalog.ts'
import type { Interval } from '../catalog/lay.ts'
import type { Plan } from '../catalog/plan.ts'
import type { Rules } from '../catalog/rules.ts'
import { invalid, problem } from '../kernel/problem.ts'
import { datesAsTheyAre } from './as-it-is.ts'

export const editionFull = problem('edition-full', 409, 'The last place has just been taken')
export const alreadyComing = problem('already-coming', 409, 'You have a place there already')
export const noSuchEdition = problem('no-such-edition', 404, 'There are no such dates')
export const editionCollides = problem('edition-collides', 409, 'Something else is on these days')
export const wrongEditionState = problem('wrong-edition-state', 409, 'That cannot be done with these dates any more')

/** One dated retreat: with whom and where, for how many couples, and how far it is. */
export interface Edition {
  id: string
  sessionTypeId: string
  version: number
  therapistId: string
  /** Who leads it with them, where two do. */
  secondTherapistId: string | null
  placeId: string
  state: EditionState
  /** In couples. */
  smallest: number
  largest: number
  /** The practice's day by which somebody says whether it takes place. */
  decideOn: string
  decision: 'go' | 'no_go' | null
  /** Blocks of its own, where they are not those of its session type. */
  segments: Plan['segments'] | null
}

/** How an edition's seats are used: counted under its row's lock by whoever takes one. */
export interface Seats {
  /** Bookings that have not ended. */
  taken: number
  /** Kept for couples to whom one was offered. */
  offered: number
  /** Couples who wait with a proven address, and come before everybody else. */
  waiting: number
}

/** The whole life of an edition. A state with nothing after it is final. */
const next: Record<EditionState, readonly EditionState[]> = {
  draft: ['open', 'cancelled'],
  open: ['full', 'closed', 'running', 'cancelled'],
  full: ['open', 'closed', 'running', 'cancelled'],
  closed: ['open', 'full', 'running', 'cancelled'],
  running: ['done'],
  done: [],
  cancelled: []
}

/** @throws wrong-edition-state where the table does not allow it */
export function moveEdition<E extends Pick<Edition, 'state'>>(edition: E, to: EditionState): E {
  if (edition.state === to) return edition
  if (!next[edition.state].includes(to))
    throw wrongEditionState(
      `${datesAsTheyAre(edition.state)}. What they can become: ${next[edition.state].join(', ') || 'nothing else'}`
    )
  return { ...edition, state: to }
}

/** Whether couples can still come to it, at once or by waiting. */
export function isOffered({ state }: Pick<Edition, 'state'>): boolean {
  return state === 'open' || state === 'full'
}

/** Seats that nobody has and for nobody are kept. */
export function seatsLeft({ largest }: Pick<Edition, 'largest'>, { taken, offered }: Seats): number {
  return Math.max(0, largest - taken - offered)
}

/** Whether somebody new may take a seat: while others wait, every seat is theirs first. */
export function hasSeatFor(edition: Pick<Edition, 'state' | 'largest'>, seats: Seats): boolean {
  return isOffered(edition) && seats.waiting === 0 && seatsLeft(edition, seats) > 0
}

/** Whether the first block is neither too soon nor too far away to be booked; an offered seat asks neither. */
export function isBookableAt(
  { notice, horizon }: Pick<Rules, 'notice' | 'horizon'>,
  start: DateTime,
  now: DateTime,
  zone: string
): 'free' | 'too-soon' | 'too-far' {
  if (start < now.plus({ minutes: notice })) return 'too-soon'
  return start.setZone(zone).startOf('day') > now.setZone(zone).startOf('day').plus({ days: horizon })
    ? 'too-far'
    : 'free'
}

/** The blocks that couples come to: a day of rest after them is the therapist's alone. */
export function attended<B extends Pick<Interval, 'who'>>(blocks: readonly B[]): B[] {
  return blocks.filter(({ who }) => who !== 'nobody')
}

/** What the dates are to everybody who has no seat: open, or to be waited for. It tells of no number. */
export function publicState(
  edition: Pick<Edition, 'state' | 'largest'>,
  seats: Seats,
  verdict: ReturnType<typeof isBookableAt>
): 'open' | 'waitlist' {
  return verdict === 'free' && hasSeatFor(edition, seats) ? 'open' : 'waitlist'
}

/** The state that time makes of an edition: it runs from its first block on, and is over after the last one. */
export function stateAt(state: EditionState, start: DateTime, end: DateTime, now: DateTime): EditionState {
  if (state === 'draft' || state === 'cancelled') return state
  if (end <= now) return 'done'
  return start <= now ? 'running' : state
}

/** The last instant of the day by which somebody decides: from then on it is late. */
export function decideBy({ decideOn }: Pick<Edition, 'decideOn'>, zone: string): DateTime {
  return DateTime.fromISO(decideOn, { zone }).endOf('day').toUTC()
}

/** @throws invalid-input */
export function mustBeCapacity({ min, max }: { min: number; max: number }): void {
  if (min > max) throw invalid([{ pointer: '/min', detail: `At least ${min} couples do not fit into ${max}` }])
}

/** The day by which somebody decides, no later than the first block's. @throws invalid-input */
export function decisionDay(given: string | undefined, start: DateTime, zone: string): string {
  const first = start.setZone(zone)
  const day = given ? DateTime.fromISO(given, { zone }) : first.minus({ days: decideDays })
  if (day.startOf('day') > first.startOf('day'))
    throw invalid([{ pointer: '/goNoGoOn', detail: 'Decide no later than on the first day' }])
  return day.toISODate() ?? ''
}

const decideDays = 30
