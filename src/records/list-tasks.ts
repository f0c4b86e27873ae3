import { DateTime } from 'luxon'
import { listConflicts as listBusyElsewhere } from '../availability/outside/store.ts'
import { listAbsences, listConflicts } from '../bookings/conflict-store.ts'
import { decideBy } from '../bookings/edition.ts'
import { listDatesInConflict } from '../bookings/obstacle-store.ts'
import { listEnded } from '../bookings/proposal-store.ts'
import { listStepsEnding } from '../bookings/steps-ending.ts'
import { listWaitingFor } from '../clients/inbox.ts'
import { personOf } from '../clients/read-clients.ts'
import { type Actor, actorName, may } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { seesOthers } from '../identity/sight.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { listOpenApprovals, listOpenWishes, listUndecidedDates, listUnspoken } from './tasks-store.ts'

/** What waits for somebody of the practice: that it waits, and nothing of what it says. */
export interface Task {
  /**
   * A booking to approve · a new time to answer · a word to reply to · a caller to have spoken with · something booked that
   * cannot be kept, or lies where a calendar outside says busy, and the same of dates · a series whose clients do not come ·
   * dates to decide on · a step that soon cannot get a time any more · a proposal that got a no, or no answer, for a week.
   */
  kind:
    | 'approval'
    | 'move'
    | 'reply'
    | 'caller'
    | 'conflict'
    | 'dates-conflict'
    | 'absence'
    | 'dates'
    | 'step'
    | 'proposal'
  /** The booking, the answer in the inbox, the edition, or the proposal. */
  id: string
  /** By when; null where nothing was promised. */
  dueAt: DateTime | null
  /** What was promised is over. */
  late: boolean
  /** Somebody may not be safe: before everything else. */
  danger: boolean
}

/** So many days before it is due, a decision on dates begins to wait. */
const decideSoon = 14

/** So many days it is said that a proposal came to nothing. */
const proposalDays = 7

/** What waits for this reader, danger first, then what is due soonest. The look is written down. */
export async function listTasks(deps: Deps, scope: PracticeScope, actor: Actor): Promise<Task[]> {
  const { db } = deps
  const now = deps.now()
  const own = seesOthers(actor, 'changes') ? undefined : personOf(actor)
  const soon = now.setZone(scope.practice.zone).plus({ days: decideSoon }).toISODate() ?? ''
  const [approvals, wishes, callers, elsewhere, dates, inConflict, conflicts, absences, steps, ended, replies] =
    await Promise.all([
      listOpenApprovals(db, scope, own),
      listOpenWishes(db, scope, own, now),
      listUnspoken(db, scope, own, now),
      listBusyElsewhere(db, scope, { person: own }, now),
      listUndecidedDates(db, scope, own, soon),
      listDatesInConflict(db, scope, now, { person: own }),
      listConflicts(db, scope, now, { therapist: own }),
      listAbsences(db, scope, now, own),
      listStepsEnding(db, scope, now, own),
      may(actor, 'propose privately') ? listEnded(db, scope, own, now.minus({ days: proposalDays })) : [],
      may(actor, 'read the inbox') ? listWaitingFor(deps, scope, actor) : []
    ])
  const tasks: Task[] = [
    ...approvals.map(({ id, dueAt }) => taskOf('approval', id, dueAt, now)),
    ...wishes.map(({ id, dueAt }) => taskOf('move', id, dueAt, now)),
    ...callers.map(({ id }) => taskOf('caller', id, null, now)),
    ...dates.map(one => taskOf('dates', one.id, decideBy(one, scope.practice.zone), now)),
    ...[...Map.groupBy(inConflict, ({ edition }) => edition)].map(([id, [first]]) =>
      taskOf('dates-conflict', id, first?.start ?? null, now)
    ),
    ...[...Map.groupBy(conflicts, ({ booking }) => booking)].map(([id, [first]]) =>
      taskOf('conflict', id, first ? DateTime.fromISO(first.start, { zone: 'utc' }) : null, now)
    ),
    ...[...new Set(elsewhere.map(({ booking }) => booking))]
      .filter(id => !conflicts.some(({ booking }) => booking === id))
      .map(id => taskOf('conflict', id, null, now)),
    ...absences.map(({ booking }) => taskOf('absence', booking, null, now)),
    ...steps.map(({ booking, until }) => taskOf('step', booking, until, now)),
    ...ended.map(id => taskOf('proposal', id, null, now)),
    ...replies.map(({ id, answerBy, danger }) => ({ ...taskOf('reply', id, answerBy, now), danger }))
  ]
  if (tasks.length)
    await record(db, deps.now, {
      practice: scope.practice.id,
      actor: actorName(actor),
      kind: 'read-tasks',
      subjects: tasks.map(({ id }) => id)
    })
  return tasks.sort((one, other) => Number(other.danger) - Number(one.danger) || dueOf(one) - dueOf(other))
}

function taskOf(kind: Task['kind'], id: string, dueAt: DateTime | null, now: DateTime): Task {
  return { kind, id, dueAt, late: dueAt !== null && dueAt <= now, danger: false }
}

const dueOf = ({ dueAt }: Task) => dueAt?.toMillis() ?? Infinity
