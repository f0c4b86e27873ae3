import { randomInt } from 'node:crypto'
import type { DateTime } from 'luxon'
import { listTherapists } from '../../catalog/store.ts'
import { dataKeyOf } from '../../identity/data-key.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { unseal } from '../../kernel/secrets.ts'
import { queueFor } from '../queue-store.ts'
import { Access, spotOf } from './access.ts'
import { runThread } from './run-thread.ts'
import { type CalendarRow, findCalendar, lockCalendar, replaceBusy, updateCalendar } from './store.ts'
import type { Outcome, Task } from './task.ts'

/** What is read of a calendar: so far back and ahead. No session type is offered further ahead than a year. */
const [daysBack, monthsAhead] = [31, 24]
/**
 * After this the text is read again, whether the server says that it is the same or not: the days ahead have moved
 * on.
 */
const readAgainHours = 24

/**
 * What is under way in this process, by database: whoever asks for the same calendar meanwhile waits for the same
 * answer.
 */
const underWay = new WeakMap<Deps['db'], Map<string, Promise<void>>>()

/**
 * Reads a calendar elsewhere, and takes over what it says as a whole. Where it cannot be had, what was known of it
 * stays, marked with since when and why: a failure never frees anything. Asks the network outside any transaction,
 * and writes under the therapist's lock, as a sale does.
 */
export async function syncCalendar(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  const own = underWay.get(deps.db) ?? new Map<string, Promise<void>>()
  underWay.set(deps.db, own)
  const running = own.get(id) ?? sync(deps, scope, id).finally(() => own.delete(id))
  own.set(id, running)
  return running
}

/** When a calendar that is asked now is due again: in a quarter of an hour or so, not all at once. */
export function nextTime(now: DateTime): DateTime {
  return now.plus({ seconds: randomInt(12 * 60, 18 * 60) })
}

async function sync(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  const row = await findCalendar(deps.db, scope, id)
  if (!row) return
  const now = deps.now()
  const outcome = await ask(deps, scope, row, now).catch((error: unknown): Outcome => {
    deps.log.error({ err: error }, 'A calendar outside could not be read, by a mistake of ours')
    return { kind: 'fault', fault: 'unavailable' }
  })
  await deps.db.transaction(async tx => {
    if (outcome.kind === 'read') await queueFor(tx, scope, [row.resourceId])
    const last = await lockCalendar(tx, scope, id)
    // Removed meanwhile, or read by somebody who asked later and was answered sooner.
    if (!last || (last.askedAt !== null && last.askedAt > now)) return
    if (outcome.kind === 'read') await replaceBusy(tx, scope, row, outcome.busy)
    await updateCalendar(tx, scope, id, { askedAt: now, dueAt: nextTime(now), ...changeBy(outcome, last, now) })
  })
}

function changeBy(outcome: Outcome, { staleSince }: CalendarRow, now: DateTime): Partial<CalendarRow> {
  if (outcome.kind === 'fault') return { staleSince: staleSince ?? now, fault: outcome.fault }
  const right = { syncedAt: now, staleSince: null, fault: null }
  if (outcome.kind === 'unchanged') return right
  const { skipped, etag, lastModified } = outcome
  return { ...right, readAt: now, skipped, etag, lastModified }
}

async function ask(deps: Deps, scope: PracticeScope, row: CalendarRow, now: DateTime): Promise<Outcome> {
  const { readAt, etag, lastModified, resourceId } = row
  const therapist = (await listTherapists(deps.db, scope)).find(each => each.id === resourceId)
  if (!therapist?.personId) throw new Error('A calendar outside is a therapist’s')
  const key = await dataKeyOf(deps, deps.db, scope, therapist.personId)
  const isRecent = readAt !== null && readAt > now.minus({ hours: readAgainHours })
  const task: Task = {
    access: Access.parse(JSON.parse(unseal(key, spotOf(scope, row.id), row.access))),
    known: isRecent ? { etag, lastModified } : { etag: null, lastModified: null },
    question: {
      from: now.minus({ days: daysBack }).toMillis(),
      to: now.plus({ months: monthsAhead }).toMillis(),
      zone: therapist.zone,
      uidDomain: deps.settings.uidDomain
    },
    loopback: deps.settings.outsideLoopback
  }
  return runThread(task)
}
