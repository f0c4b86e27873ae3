import { occupied } from '../catalog/lay.ts'
import type { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { instantOf } from '../kernel/time.ts'
import type { Booking } from './booking.ts'
import { listParticipants } from './participant-store.ts'
import { dueOf, shareOfRound } from './round-due.ts'
import { insertRound } from './series-store.ts'
import { insertSkip } from './skip-store.ts'
import { findResources } from './store.ts'
import { newUid } from './uid.ts'

/** How a round is marked whose time was not free when it was to be laid. */
export const notFree = 'not-free'

/** Writes a new round of a series down: with its time and what is owed for it, or as one whose time is not free. */
export async function writeRound(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  booking: Booking,
  round: {
    ordinal: number
    start: number
    minutes: number
    who: 'both' | 'first' | 'second' | 'nobody'
    zone: string
    free: boolean
    /** Those of its place in earlier rounds: who takes part in them takes part in it. */
    alike: readonly string[]
  },
  type: NonNullable<Awaited<ReturnType<typeof findVersion>>>
): Promise<void> {
  const { ordinal, start, minutes, who, zone, free, alike } = round
  const practiceId = scope.practice.id
  const now = deps.now()
  const id = newId()
  const times = { start, end: start + minutes * 60_000 }
  const [startsAt, endsAt] = [instantOf(times.start), instantOf(times.end)]
  const price = await shareOfRound(tx, scope, booking, ordinal)
  const there = (await listParticipants(tx, scope, booking.id)).filter(one => alike.includes(one.appointmentId))
  const people = new Set(there.map(({ personId }) => personId))
  const { before, after } = type.rules
  const [wide] = occupied(type.plan, [times], { before, after }, zone)
  if (!wide) throw new Error('A round takes its time')
  const during = { start: instantOf(wide.start), end: instantOf(wide.end) }
  const resources = free ? await findResources(tx, scope, booking.id) : []
  await insertRound(
    tx,
    {
      practiceId,
      id,
      bookingId: booking.id,
      ordinal,
      who,
      startsAt,
      endsAt,
      zone,
      placeId: booking.placeId,
      state: free ? 'planned' : 'skipped',
      price: free ? price : 0
    },
    [...people].map(personId => ({
      practiceId,
      appointmentId: id,
      personId,
      uid: newUid(deps.settings),
      sequence: 0,
      revisedAt: now,
      response: 'needs_action' as const
    })),
    resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during })),
    free && price > 0 ? dueOf(scope, booking, id, price, startsAt) : undefined
  )
  const written = {
    practiceId,
    appointmentId: id,
    bookingId: booking.id,
    by: 'practice' as const,
    actor: 'system',
    at: now
  }
  if (!free)
    await insertSkip(tx, { ...written, startsAt, band: notFree, counted: false, refund: 0, fee: 0, decideBy: null })
  const subjects = { booking: booking.id, appointment: id }
  await emit(deps, tx, {
    practice: practiceId,
    actor: 'system',
    kind: free ? 'series.extended' : 'series.gap',
    subjects
  })
}
