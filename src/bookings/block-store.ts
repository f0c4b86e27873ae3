import { and, asc, eq, inArray } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { appointments, participants } from '../../db/schema/appointments.ts'
import { occupancy } from '../../db/schema/availability.ts'
import { bookings } from '../../db/schema/bookings.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** A block of an edition: an appointment without a booking. */
export type Block = typeof appointments.$inferSelect

/** The blocks of these editions, each edition's in the order of time. */
export async function listBlocks(db: Executor, { practice }: PracticeScope, ids: readonly string[]): Promise<Block[]> {
  if (ids.length === 0) return []
  return db
    .select()
    .from(appointments)
    .where(and(eq(appointments.practiceId, practice.id), inArray(appointments.editionId, [...ids])))
    .orderBy(asc(appointments.startsAt))
}

/** Blocks, what they take, and who of the practice is there. */
export interface LaidBlocks {
  blocks: (typeof appointments.$inferInsert)[]
  taken: (typeof occupancy.$inferInsert)[]
  there: (typeof participants.$inferInsert)[]
}

export async function insertBlocks(tx: Transaction, { blocks, taken, there }: LaidBlocks): Promise<void> {
  await tx.insert(appointments).values(blocks)
  await tx.insert(occupancy).values(taken)
  if (there.length > 0) await tx.insert(participants).values(there)
}

/** Lays a block at other times, and with it what each booking has of it. @returns those, where they are still planned */
export async function relayBlock(
  tx: Transaction,
  { practice }: PracticeScope,
  { id, editionId, ordinal, startsAt }: Pick<Block, 'id' | 'editionId' | 'ordinal' | 'startsAt'>,
  times: Pick<Block, 'startsAt' | 'endsAt'>,
  movedAt: DateTime
): Promise<{ booking: string; appointment: string }[]> {
  const set = { ...times, movedAt, movedFrom: startsAt }
  const ofEdition = tx
    .select({ id: bookings.id })
    .from(bookings)
    .where(and(eq(bookings.practiceId, practice.id), eq(bookings.editionId, editionId ?? '')))
  await tx
    .update(appointments)
    .set(set)
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.id, id)))
  const rows = await tx
    .update(appointments)
    .set(set)
    .where(
      and(
        eq(appointments.practiceId, practice.id),
        inArray(appointments.bookingId, ofEdition),
        eq(appointments.ordinal, ordinal),
        eq(appointments.state, 'planned')
      )
    )
    .returning({ booking: appointments.bookingId, appointment: appointments.id })
  return rows.map(({ booking, appointment }) => ({ booking: booking ?? '', appointment }))
}

/** Takes an edition's blocks from the calendar, with all that hangs on them. */
export async function deleteBlocks(tx: Transaction, scope: PracticeScope, editionId: string): Promise<void> {
  const { practice } = scope
  const ids = (await listBlocks(tx, scope, [editionId])).map(({ id }) => id)
  await deleteBlockOccupancy(tx, scope, ids)
  await tx
    .delete(participants)
    .where(and(eq(participants.practiceId, practice.id), inArray(participants.appointmentId, ids)))
  await tx.delete(appointments).where(and(eq(appointments.practiceId, practice.id), inArray(appointments.id, ids)))
}

/** Gives the time of an edition's blocks free. */
export async function deleteBlockOccupancy(tx: Transaction, { practice }: PracticeScope, ids: readonly string[]) {
  await tx
    .delete(occupancy)
    .where(and(eq(occupancy.practiceId, practice.id), inArray(occupancy.appointmentId, [...ids])))
}

export async function setBlocks(
  tx: Transaction,
  { practice }: PracticeScope,
  editionId: string,
  state: Block['state']
): Promise<void> {
  await tx
    .update(appointments)
    .set({ state })
    .where(and(eq(appointments.practiceId, practice.id), eq(appointments.editionId, editionId)))
}
