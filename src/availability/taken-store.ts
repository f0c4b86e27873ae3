import { sql } from 'drizzle-orm'
import type { Stretch } from '../../db/schema/columns.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'

/** Whether anything is sold, or anybody is away or busy elsewhere, in one of these stretches. Asked under the resources' lock. */
export async function findConflicts(
  tx: Transaction,
  { practice }: PracticeScope,
  resources: readonly string[],
  stretches: readonly Stretch[]
): Promise<boolean> {
  for (const { start, end } of stretches) {
    const [row] = await tx.execute<{ busy: boolean }>(sql`
      select exists (
        select 1 from (
          select practice_id, resource_id, during from occupancy
          union all select practice_id, resource_id, during from time_off
          union all select practice_id, resource_id, during from outside_busy
          union all select practice_id, resource_id, during from kept_times) taken
        where practice_id = ${practice.id} and resource_id = any(${`{${resources.join(',')}}`}::uuid[])
          and during && tstzrange(${start.toISO()}, ${end.toISO()})) as busy`)
    if (row?.busy) return true
  }
  return false
}
