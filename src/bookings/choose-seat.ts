import type { Chosen } from '../availability/choose.ts'
import type { Laid } from '../catalog/lay.ts'
import type { SessionType } from '../catalog/session-type.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf, type Executor, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Problem } from '../kernel/problem.ts'
import { isoUtc } from '../kernel/time.ts'
import { listBlocks } from './block-store.ts'
import { tooFar, tooSoon } from './booking.ts'
import { alreadyComing, attended, editionFull, hasSeatFor, isBookableAt, isOffered, noSuchEdition } from './edition.ts'
import { type FoundEdition, findEdition, type Leader, lockEdition, lockEditionRow } from './edition-store.ts'
import { countHolds } from './hold-store.ts'
import { type Holder, linesOf } from './holder.ts'
import { mustHoldFew } from './limit-holds.ts'
import { seatsOf } from './seat-store.ts'

type Offering = NonNullable<Chosen['offering']>

/** Whether a seat of an edition can be had, and with whom, where and when it is. */
export interface ChosenSeat {
  verdict: 'free' | 'full' | 'too-soon' | 'too-far'
  edition: FoundEdition
  type: SessionType
  offering: Offering
  /** The blocks that couples come to. */
  laid: (Laid & Pick<Chosen['laid'][number], 'verdict'>)[]
}

/**
 * Locks an edition and asks under its lock whether somebody new may take a seat.
 * @throws no-such-edition where nobody can come to it any more; too-many-holds
 */
export async function chooseSeat(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  wish: { slug: string; edition: string },
  holder: Holder | undefined
): Promise<ChosenSeat> {
  const edition = await lockEdition(tx, scope, wish.edition, linesOf(holder))
  const chosen = await seatOf(deps, tx, scope, wish.slug, edition)
  if (chosen.verdict === 'free' && holder) mustHoldFew(deps, await countHolds(tx, scope, holder))
  return chosen
}

/** The same without locks, for who only asks. @throws no-such-edition */
export async function lookAtSeat(
  deps: Deps,
  scope: PracticeScope,
  { slug, edition }: { slug: string; edition: string }
): Promise<ChosenSeat> {
  return seatOf(deps, deps.db, scope, slug, await findEdition(deps.db, scope, edition))
}

/** Everything that a seat means, whatever becomes of it. */
export async function laySeat(
  db: Executor,
  scope: PracticeScope,
  edition: FoundEdition
): Promise<Pick<ChosenSeat, 'edition' | 'type' | 'offering' | 'laid'>> {
  const { sessionTypeId, version, therapist, therapistId, second, secondTherapistId, place, placeId } = edition
  const type = await findVersion(db, scope, sessionTypeId, version)
  if (!type) throw new Error(`The edition ${edition.id} has lost its type`)
  const offeredBy = (id: string, { slug, personId, zone }: Leader) => ({
    therapist: id,
    therapistSlug: slug,
    personId,
    zone,
    place: placeId,
    placeSlug: place.slug,
    room: place.roomId,
    // What is laid already asks for no rule of care.
    care: null
  })
  const offering = {
    ...offeredBy(therapistId, therapist),
    ...(second && secondTherapistId && { second: offeredBy(secondTherapistId, second) })
  }
  const laid = attended(await listBlocks(db, scope, [edition.id])).map(({ ordinal, startsAt, endsAt, who }) => ({
    ordinal,
    start: startsAt.toMillis(),
    end: endsAt.toMillis(),
    who,
    exists: true,
    verdict: 'free' as const
  }))
  return { edition, type, offering, laid }
}

/**
 * Whether a seat that was lost is still there for who paid too late: only where nobody waits. The caller holds the locks
 * of the edition's therapist and room, and with them everybody else off its row.
 */
export async function canHaveSeatAgain(tx: Transaction, scope: PracticeScope, editionId: string): Promise<boolean> {
  await lockEditionRow(tx, scope, editionId)
  const edition = await findEdition(tx, scope, editionId)
  return edition !== undefined && hasSeatFor(edition, await seatsOf(tx, scope, editionId))
}

/** The refusal of a seat, with what would be right: to wait, or from or until when one can book. */
export function seatRefusal(
  { verdict, type: { rules } }: Pick<ChosenSeat, 'verdict' | 'type'>,
  { now }: Deps
): Problem {
  if (verdict === 'too-soon')
    return tooSoon(
      `Book ${rules.notice / 60} hours ahead or more: from ${isoUtc(now().plus({ minutes: rules.notice }))}`
    )
  if (verdict === 'too-far') return tooFar(`Dates open ${rules.horizon} days ahead`)
  return editionFull('Wait for a place: POST /api/waitlist-entries. Nothing is charged for it', {
    waitlist: '/api/waitlist-entries'
  })
}

/** A couple has one seat of an edition: the database has the last word. */
export function oneSeatEach(error: unknown): never {
  if (constraintOf(error)?.startsWith('bookings_seat')) throw hasSeat()
  throw error
}

export const hasSeat = () => alreadyComing('Look at your bookings: nothing more is to be done')

async function seatOf(
  { now }: Deps,
  db: Executor,
  scope: PracticeScope,
  slug: string,
  edition: FoundEdition | undefined
): Promise<ChosenSeat> {
  if (!edition?.public || edition.slug !== slug || !isOffered(edition)) throw gone()
  const seat = await laySeat(db, scope, edition)
  const [first] = await listBlocks(db, scope, [edition.id])
  if (!first || first.startsAt <= now()) throw gone()
  const verdict = isBookableAt(seat.type.rules, first.startsAt, now(), edition.therapist.zone)
  if (verdict !== 'free') return { ...seat, verdict }
  return { ...seat, verdict: hasSeatFor(edition, await seatsOf(db, scope, edition.id)) ? 'free' : 'full' }
}

const gone = () =>
  noSuchEdition('These dates are not offered any more: GET /api/session-types/:slug/editions lists those that are')
