import { and, eq } from 'drizzle-orm'
import type { outsideCalendars, timeOff } from '../../db/schema/availability.ts'
import type { travels } from '../../db/schema/travels.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'

/** Tables whose rows are a therapist's own. */
type Own = typeof timeOff | typeof travels | typeof outsideCalendars

/** Answers whether there was such a row of this therapist's. What hangs on it goes with it. */
export async function deleteOwn(
  tx: Transaction,
  { practice }: PracticeScope,
  table: Own,
  resource: string,
  id: string
): Promise<boolean> {
  const gone = await tx
    .delete<Own>(table)
    .where(and(eq(table.practiceId, practice.id), eq(table.resourceId, resource), eq(table.id, id)))
    .returning({ id: table.id })
  return gone.length > 0
}
