import type { DateTime } from 'luxon'
import type { Stretch } from '../../db/schema/columns.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Fault, invalid } from '../kernel/problem.ts'
import type { Answer } from './acceptance.ts'
import { deletePossibleTimes } from './times-store.ts'

/** Times are kept as long as anything else that somebody says by a link. */
const keptDays = 90

/** @throws invalid-input where times are given with another answer, or are over, or end before they begin */
export function mustSuit(answer: Answer, windows: readonly Stretch[], now: DateTime): void {
  const faults: Fault[] = windows.flatMap(({ start, end }, index) => {
    if (end <= start) return { pointer: `/windows/${index}`, detail: 'A stretch ends after it starts' }
    return end <= now ? { pointer: `/windows/${index}`, detail: 'Give times that are ahead' } : []
  })
  if (windows.length > 0 && answer !== 'other_time')
    faults.push({ pointer: '/windows', detail: 'Only the answer other_time has this' })
  if (faults.length > 0) throw invalid(faults)
}

/** Deletes the times that were given long ago. Asked each minute. */
export async function forgetPossibleTimes({ db, now }: Pick<Deps, 'db' | 'now'>): Promise<void> {
  await deletePossibleTimes(db, now().minus({ days: keptDays }))
}
