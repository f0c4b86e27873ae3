import { findEntry } from '../bookings/waitlist-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { lineWords } from './line-words.ts'
import { findBooking } from './store.ts'
import { tell } from './tell.ts'

/** One mail to whoever waits for dates. */
export async function tellLine(
  deps: Deps,
  scope: PracticeScope,
  entryId: string,
  template: keyof typeof lineWords
): Promise<void> {
  const entry = await findEntry(deps.db, scope, entryId)
  if (!entry) return
  const cause = `${template}:${entryId}`
  await tell(deps, scope, [{ personId: entry.personId, template, subjectId: entryId, cause }])
}

/** Who asked to wait hears that it is noted; of an address that was only typed it is asked whether it was its reader. */
export async function tellWaiting(deps: Deps, scope: PracticeScope, entryId: string): Promise<void> {
  const entry = await findEntry(deps.db, scope, entryId)
  if (entry) await tellLine(deps, scope, entryId, entry.provenAt ? 'line-joined' : 'line-asked')
}

/** Whoever leads an edition hears that a place was taken or given back: in their calendar the days stand once, for all. */
export async function tellSeat(deps: Deps, scope: PracticeScope, bookingId: string, event: string): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (!booking?.editionId) return
  const { therapistPersonId, secondPersonId } = booking
  const told = { template: 'staff-seat', subjectId: bookingId } as const
  await tell(
    deps,
    scope,
    [therapistPersonId, secondPersonId].flatMap(personId =>
      personId ? [{ ...told, personId, cause: `staff-seat:${event}:${personId}` }] : []
    )
  )
}
