import { awaitsCode, isOthersNo, linkYes, othersYes, practiceYes } from '../bookings/acceptance.ts'
import { findAcceptances } from '../bookings/acceptance-store.ts'
import { listPossibleTimes } from '../bookings/times-store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { askTheOther } from './ask-the-other.ts'
import { findBooking, isTherapist, listParticipants } from './store.ts'
import { tell, tellBooker, tellTherapist } from './tell.ts'
import { tellAfterCalls } from './tell-together.ts'

/**
 * A yes is missing. The booker hears until when, and never whose it is. The therapist hears it where the practice is
 * asked, and once more at half time; the other member where they have an address of their own here. Each once: nobody is
 * reminded of a yes that is theirs to give, and whoever is asked by a link is written to by nobody.
 */
export async function tellRequested(deps: Deps, scope: PracticeScope, bookingId: string): Promise<void> {
  await tellBooker(deps, scope, bookingId, 'requested')
  const yeses = await findAcceptances(deps.db, scope, bookingId)
  const other = othersYes(yeses)
  if (other && other.by !== linkYes) {
    const cause = `acceptance-asked:${bookingId}:${other.by}`
    await askTheOther(deps, scope, {
      personId: other.by,
      template: 'acceptance-asked',
      subjectId: bookingId,
      cause
    })
  }
  const practice = yeses.find(({ by }) => by === practiceYes)
  const booking = await findBooking(deps.db, scope, bookingId)
  // Staff who book for a caller have given it already.
  if (!practice || practice.answer || !booking) return
  await tellTherapist(deps, scope, bookingId, 'staff-requested')
  await remindOfRequest(deps, scope, bookingId, booking.createdAt)
}

/**
 * Whoever is the therapist, both of two, is reminded of a request at half of the time that is left for it: once of each
 * deadline, so that what a call has prolonged is not forgotten either. A reminder that was written before is sent or not by
 * what it says.
 */
export async function remindOfRequest(
  deps: Deps,
  scope: PracticeScope,
  bookingId: string,
  from = deps.now()
): Promise<void> {
  const practice = (await findAcceptances(deps.db, scope, bookingId)).find(({ by }) => by === practiceYes)
  if (!practice || practice.answer) return
  const dueAt = from.plus({ milliseconds: practice.deadline.diff(from).toMillis() / 2 })
  const cause = `staff-requested-still:${bookingId}:${practice.deadline.toMillis()}`
  await tellTherapist(deps, scope, bookingId, 'staff-requested-still', cause, { dueAt })
}

/**
 * A request got a no. The practice's own is told in its words; the other member's reads like a lapse, so that nobody hears
 * whose it was. The therapist who was asked hears that there is nothing to answer any more, or
 * that other times would suit.
 */
export async function tellDeclined(deps: Deps, scope: PracticeScope, bookingId: string): Promise<void> {
  const yeses = await findAcceptances(deps.db, scope, bookingId)
  const practice = yeses.find(({ by }) => by === practiceYes)
  const byPractice = !isOthersNo(yeses)
  if (byPractice && (await tellAfterCalls(deps, scope, bookingId))) return
  if (!awaitsCode(yeses)) await tellBooker(deps, scope, bookingId, byPractice ? 'declined' : 'lapsed')
  await tellOthers(deps, scope, bookingId, byPractice ? 'declined' : 'lapsed')
  if (byPractice || awaitsCode(yeses)) return
  const suits = await listPossibleTimes(deps.db, scope, bookingId)
  if (suits.length > 0) await tellTherapist(deps, scope, bookingId, 'staff-other-times')
  else if (practice) await tellTherapist(deps, scope, bookingId, 'staff-withdrawn')
}

/** Whoever had said yes to it hears that it will not be: once, in words that name no payment. */
export async function tellOthers(
  deps: Deps,
  scope: PracticeScope,
  bookingId: string,
  template: 'declined' | 'lapsed'
): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (!booking) return
  const others = new Set(
    (await listParticipants(deps.db, scope, bookingId))
      .filter(({ personId, removedAt }) => removedAt === null && !isTherapist(booking, personId))
      .map(({ personId }) => personId)
      .filter(person => person !== booking.bookerId)
  )
  await tell(
    deps,
    scope,
    [...others].map(personId => ({
      personId,
      template: `${template}-other` as const,
      subjectId: bookingId,
      cause: `${template}-other:${bookingId}:${personId}`
    }))
  )
}
