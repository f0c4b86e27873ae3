import { readPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { bookerYes, linkYes, othersYes } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import type { Booking } from './booking.ts'
import { membersOf } from './members.ts'
import { listParticipants } from './participant-store.ts'
import type { BookingView } from './schema.ts'

/** The clients of a booking and the yeses that it waits for, as staff see them who read names. */
export async function peopleOf(
  deps: Deps,
  scope: PracticeScope,
  { id, bookerId, state }: Booking
): Promise<Pick<BookingView, 'people' | 'yeses'>> {
  const { db } = deps
  const [members, participants, yeses] = await Promise.all([
    membersOf(db, scope, id),
    listParticipants(db, scope, id),
    findAcceptances(db, scope, id)
  ])
  const byLink = othersYes(yeses)?.by === linkYes
  const others = members.filter(member => member !== bookerId)
  const people = await Promise.all(
    [bookerId, ...others].map(async person => {
      const attendance = participants.find(({ personId, attendance }) => personId === person && attendance)?.attendance
      return {
        id: person,
        name: (await readPerson(deps, db, scope, person)).name ?? '',
        // Whoever came by the link has proven a mailbox, and nobody who they are.
        ...(person !== bookerId && byLink && { byLink: true }),
        ...(attendance && { attendance })
      }
    })
  )
  const asked = yeses
    .filter(({ by }) => by !== bookerYes)
    .map(({ by, deadline, answer }) => ({
      by: by === 'practice' ? ('practice' as const) : ('other' as const),
      deadline,
      answer
    }))
  return { people, ...(state === 'requested' && { yeses: asked }) }
}
