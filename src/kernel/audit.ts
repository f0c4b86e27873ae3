import { audit } from '../../db/schema/kernel.ts'
import type { Executor } from './database.ts'
import { newId } from './ids.ts'
import type { Clock } from './time.ts'

/** Who read or changed what of a client. One line a request, with every id that was read. */
export interface AuditLine {
  practice: string
  actor: string
  kind: string
  subjects: string[]
  why?: string
}

/** Appends a line; nothing can change or remove it afterwards. */
export async function record(
  db: Executor,
  now: Clock,
  { practice, actor, kind, subjects, why }: AuditLine
): Promise<void> {
  await db
    .insert(audit)
    .values({ practiceId: practice, id: newId(), at: now(), actor, kind, subjects, why: why ?? null })
}
