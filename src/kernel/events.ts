import { events } from '../../db/schema/kernel.ts'
import type { Transaction } from './database.ts'
import type { Deps } from './deps.ts'
import { newId } from './ids.ts'
import { newJob } from './job-rows.ts'
import type { JobData } from './jobs.ts'
import { into, type Rows, writeRows } from './rows.ts'

/** Something that happened to ids, by whom. Up the house, features react to it. */
export interface Happening {
  practice: string
  actor: string
  kind: string
  subjects: Record<string, string>
  /** Where whoever reacts asks Stripe; null where nobody reacts, so that no job is sent for nothing. */
  queue?: 'stripe' | null
}

/**
 * Records what happened and sends one job for whoever reacts, both in the transaction of the change. Reactions run at
 * least once: each must be safe to repeat.
 */
export async function emit(deps: Pick<Deps, 'now'>, tx: Transaction, happening: Happening): Promise<void> {
  await writeRows(tx, newEvent(deps, happening))
}

/** The same as rows, for who writes them together with others. */
export function newEvent({ now }: Pick<Deps, 'now'>, happening: Happening): Rows[] {
  const { practice, actor, kind, subjects, queue = 'event' } = happening
  const id = newId()
  const event = into(events, { practiceId: practice, id, at: now(), actor, kind, subjects })
  return queue ? [event, newJob(queue, { ...subjects, practice, kind, event: id })] : [event]
}

/** What a feature does when something happened: a short step into one of its use cases. */
export type Reaction<D extends Deps = Deps> = (deps: D, data: JobData) => Promise<void>
/** A feature's `jobs.ts`: the kinds of event it reacts to. */
export type Reactions<D extends Deps = Deps> = Readonly<Record<string, Reaction<D>>>
