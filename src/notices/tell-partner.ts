import { DateTime } from 'luxon'
import { findAnswer, findTherapistOf } from '../clients/partner-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { tell } from './tell.ts'

/** The hour of the practice's day at which a note that was asked for leaves. */
const noteHour = 9

/**
 * Somebody answered by a partner's link: the therapist hears that something is there, and not what. Of danger nobody is
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
  if (!answer) return
  const { kind, concern, personId, noteOn } = answer
  if (kind === 'not_now' && personId && noteOn) {
    const dueAt = DateTime.fromISO(noteOn, { zone: scope.practice.zone }).set({ hour: noteHour })
    await tell(deps, scope, [{ personId, template: 'note', subjectId: answerId, cause: `note:${answerId}`, dueAt }])
  }
  const isNo = kind === 'not_now' || kind === 'no_contact'
  if ((isNo && !message) || concern === 'not_free') return
  const therapist = await findTherapistOf(deps.db, scope, answerId)
  if (!therapist) return
  const told = { personId: therapist, template: 'staff-inbox', subjectId: answerId } as const
  await tell(deps, scope, [{ ...told, cause: `staff-inbox:${cause}` }])
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
