import { listParticipants } from '../../bookings/participant-store.ts'
import type { BookingView } from '../../bookings/schema.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'

/** A booking's people, with whether each came to this one of its appointments: the view says it of any. */
export async function cameTo(
  { db }: Deps,
  scope: PracticeScope,
  appointment: string,
  booking: string,
  people: NonNullable<BookingView['people']> = []
): Promise<NonNullable<BookingView['people']>> {
  if (people.length === 0) return []
  const there = (await listParticipants(db, scope, booking)).filter(one => one.appointmentId === appointment)
  return people.map(({ attendance: _, ...person }) => {
    const attendance = there.find(({ personId }) => personId === person.id)?.attendance
    return { ...person, ...(attendance && { attendance }) }
  })
}
