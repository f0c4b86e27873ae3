import { events } from '../../db/schema/kernel.ts'
import { type Transaction, together } from './database.ts'
import type { Deps } from './deps.ts'
import { newId } from './ids.ts'
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
export async function emit(deps: Deps, tx: Transaction, happening: Happening): Promise<void> {
  const { rows, send } = newEvent(deps, happening)
  await together(writeRows(tx, rows), send(tx))
}

/** The same in two parts, for who writes the event's row together with others. */
export function newEvent(
  { jobs, now }: Deps,
  happening: Happening
): { rows: Rows[]; send(tx: Transaction): Promise<void> | undefined } {
  const { practice, actor, kind, subjects, queue = 'event' } = happening
  const id = newId()
  return {
    rows: [into(events, { practiceId: practice, id, at: now(), actor, kind, subjects })],
    send: tx => (queue ? jobs.send(tx, queue, { ...subjects, practice, kind, event: id }) : undefined)
  }
}

/** What a feature does when something happened: a short step into one of its use cases. */
export type Reaction<D extends Deps = Deps> = (deps: D, data: JobData) => Promise<void>
/** A feature's `jobs.ts`: the kinds of event it reacts to. */
export type Reactions<D extends Deps = Deps> = Readonly<Record<string, Reaction<D>>>
