import { syncDueCalendars } from './availability/outside/sync-due.ts'
import { forgetOwnTimes } from './availability/own-times.ts'
import { lapseMoves } from './bookings/answer-move.ts'
import { lapseFees } from './bookings/decide-fee.ts'
import { endOver } from './bookings/end-over.ts'
import { lapseProposals } from './bookings/end-proposal.ts'
import { expireDue, lapseDue } from './bookings/expire.ts'
import { extendDue } from './bookings/extend-series.ts'
import { bookingReactions } from './bookings/jobs.ts'
import { keepEditions } from './bookings/keep-edition.ts'
import { forgetPossibleTimes } from './bookings/possible-times.ts'
import { reconcileAttempts } from './bookings/reconcile.ts'
import { walkBulkChanges } from './bookings/walk-bulk-change.ts'
import { forgetAnswered } from './clients/forget-answers.ts'
import { forgetRequests } from './identity/forget-requests.ts'
import { forgetSteps } from './identity/forget-steps.ts'
import { forgetAnswers } from './identity/run-once.ts'
import { forEachApart } from './kernel/each.ts'
import type { Reaction } from './kernel/events.ts'
import type { JobData, Queue, Work } from './kernel/jobs.ts'
import { queues } from './kernel/jobs.ts'
import { noticeReactions } from './notices/jobs.ts'
import type { NoticeDeps } from './notices/mailer.ts'
import { remindStaff } from './notices/remind-staff.ts'
import { sendDue } from './notices/send.ts'
import type { PaymentDeps } from './payments/deps.ts'
import { processEvent, processForgotten } from './payments/inbox.ts'
import { paymentReactions } from './payments/jobs.ts'
import { pursueRefunds } from './payments/pursue-refund.ts'
import { forgetCallers } from './records/forget-callers.ts'
import { forgetWaiters } from './records/forget-waiters.ts'

export type WorkerDeps = PaymentDeps & NoticeDeps

/** Who reacts to what happened, in this order. A feature is listed once. */
const reactions: readonly Readonly<Record<string, Reaction<WorkerDeps>>>[] = [
  paymentReactions,
  bookingReactions,
  noticeReactions
]

type DueWork = readonly ((deps: WorkerDeps) => Promise<void>)[]

/** What is asked of every table with due rows, each minute. */
const dueWork: DueWork = [
  remindStaff,
  sendDue,
  lapseDue,
  lapseMoves,
  lapseProposals,
  lapseFees,
  endOver,
  keepEditions,
  extendDue,
  forgetAnswers,
  forgetAnswered,
  forgetRequests,
  forgetSteps,
  forgetCallers,
  forgetWaiters,
  forgetPossibleTimes,
  forgetOwnTimes
]
/** And what asks Stripe: where it is silent, one round may take many minutes. */
const dueAtStripe: DueWork = [walkBulkChanges, expireDue, reconcileAttempts, pursueRefunds, processForgotten]

/** And what asks calendars outside, whose servers are anybody's. */
const dueOutside: DueWork = [syncDueCalendars]

/** The work of each queue. Every piece may run twice: a job is done at least once. */
export function worksOf(deps: WorkerDeps): Record<Queue, Work> {
  return {
    event: data => react(deps, data),
    inbox: ({ event = '' }) => processEvent(deps, event),
    due: () => doEach(deps, dueWork),
    stripe: data => react(deps, data),
    'stripe-due': () => doEach(deps, dueAtStripe),
    'outside-due': () => doEach(deps, dueOutside)
  }
}

/** Begins to work all queues in the background; ends with `deps.jobs.stop()`. */
export async function startWorker(deps: WorkerDeps): Promise<void> {
  const works = worksOf(deps)
  for (const queue of queues) await deps.jobs.work(queue, works[queue])
  await deps.jobs.everyMinute()
}

/** All that is due at `now`. One part that fails does not keep the others; the failures are told together. */
export async function doAllDue(deps: WorkerDeps): Promise<void> {
  await doEach(deps, [...dueWork, ...dueAtStripe, ...dueOutside])
}

async function doEach(deps: WorkerDeps, works: DueWork): Promise<void> {
  await forEachApart(works, work => work(deps))
}

async function react(deps: WorkerDeps, data: JobData): Promise<void> {
  for (const feature of reactions) await feature[data.kind ?? '']?.(deps, data)
}
