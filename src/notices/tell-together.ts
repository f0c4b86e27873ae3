import { wantsCalls } from '../bookings/calls.ts'
import { findBooking } from '../bookings/store.ts'
import { listMembers } from '../clients/client-store.ts'
import { findYesById, listYesesOf } from '../clients/together-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { tell } from './tell.ts'

/** Somebody said yes: the therapist in whose list it stands hears that something is there, once a list. */
export async function tellYesSaid(deps: Deps, scope: PracticeScope, yesId: string): Promise<void> {
  const yes = await findYesById(deps.db, scope, yesId)
  if (!yes || yes.endedAt) return
  const cause = `staff-together:${yesId}:${yes.therapistId}`
  await tell(deps, scope, [{ personId: yes.therapistId, template: 'staff-together', subjectId: yesId, cause }])
}

/** Both of two hear the same: that there is something to read. */
export async function tellBoth(
  deps: Deps,
  scope: PracticeScope,
  beginning: string,
  template: 'together-asked' | 'together-begun'
): Promise<void> {
  const both = await listYesesOf(deps.db, scope, beginning)
  await tell(
    deps,
    scope,
    both.map(({ personId }) => ({
      personId,
      template,
      subjectId: beginning,
      cause: `${template}:${beginning}:${personId}`
    }))
  )
}

/** The words that somebody agreed to have changed before anything began: there is something to read once more. */
export async function tellAskedAgain(deps: Deps, scope: PracticeScope, yesId: string, event: string): Promise<void> {
  const yes = await findYesById(deps.db, scope, yesId)
  if (!yes || yes.endedAt) return
  const told = { template: 'together-asked', subjectId: yes.beginningId ?? yesId } as const
  await tell(deps, scope, [{ ...told, personId: yes.personId, cause: `together-asked:${yesId}:${event}` }])
}

/** What somebody said yes to does not come to be: the one standard text. */
export async function tellTogetherDeclined(deps: Deps, scope: PracticeScope, yesId: string): Promise<void> {
  const yes = await findYesById(deps.db, scope, yesId)
  if (!yes) return
  const template = 'together-declined'
  await tell(deps, scope, [{ personId: yes.personId, template, subjectId: yesId, cause: `${template}:${yesId}` }])
}

/**
 * The practice declines what wanted a private call with each: both read the one standard text.
 * @returns false where no call was wanted; then nobody is told by this
 */
export async function tellAfterCalls(deps: Deps, scope: PracticeScope, bookingId: string): Promise<boolean> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (!booking || !(await wantsCalls(deps.db, scope, booking))) return false
  const members = await listMembers(deps.db, scope, booking.clientId)
  const template = 'together-declined' as const
  const told = members
    .filter(({ leftAt }) => leftAt === null)
    .map(({ personId }) => ({
      personId,
      template,
      subjectId: bookingId,
      cause: `${template}:${bookingId}:${personId}`
    }))
  await tell(deps, scope, told)
  return true
}
