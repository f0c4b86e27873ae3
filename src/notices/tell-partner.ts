import { DateTime } from 'luxon'
import { findAnswer } from '../clients/answer-store.ts'
import { findTherapistOf } from '../clients/inbox-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { listTherapists } from '../identity/store.ts'
import type { Deps } from '../kernel/deps.ts'
import { tell } from './tell.ts'

/** The hour of the practice's day at which a note that was asked for leaves. */
const noteHour = 9

/**
 * Somebody said something by a partner's link, or asked without one: the therapist, or each of them, hears that something is there, and not what. Of danger nobody is
 * mailed a word; of a no, nobody hears at all. A note that was asked for waits for its day.
 * @param cause the event: what is said later is told once more
 * @param message what was said later, if it is that: then a no has more to say
 */
export async function tellPartnerAnswered(
  deps: Deps,
  scope: PracticeScope,
  answerId: string,
  cause: string,
  message: string
): Promise<void> {
  const answer = await findAnswer(deps.db, scope, answerId)
  if (!answer?.kept) return
  const { kind, concern, personId, noteOn } = answer
  if (kind === 'not_now' && personId && noteOn) {
    const dueAt = DateTime.fromISO(noteOn, { zone: scope.practice.zone }).set({ hour: noteHour })
    const cause = `note:${answerId}:${personId}`
    await tell(deps, scope, [{ personId, template: 'note', subjectId: answerId, cause, dueAt }])
  }
  const isNo = kind === 'not_now' || kind === 'no_contact'
  if ((isNo && !message) || concern === 'not_free') return
  const told = { template: 'staff-inbox', subjectId: answerId } as const
  const therapists = await therapistsFor(deps, scope, answerId)
  await tell(
    deps,
    scope,
    therapists.map(personId => ({ ...told, personId, cause: `staff-inbox:${cause}:${personId}` }))
  )
}

/** The therapist to whom an answer is addressed; all of them where it was asked without a link. */
export async function therapistsFor({ db }: Deps, scope: PracticeScope, answerId: string): Promise<string[]> {
  const therapist = await findTherapistOf(db, scope, answerId)
  return therapist ? [therapist] : listTherapists(db, scope)
}

/** The practice replied: whoever left an address hears that there is something to read. Never of danger. */
export async function tellPartnerReplied(
  deps: Deps,
  scope: PracticeScope,
  answerId: string,
  message: string
): Promise<void> {
  const answer = await findAnswer(deps.db, scope, answerId)
  if (!answer?.personId || answer.concern === 'not_free') return
  const { personId } = answer
  await tell(deps, scope, [{ personId, template: 'reply', subjectId: answerId, cause: `reply:${message}` }])
}
