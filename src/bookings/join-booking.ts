import { joinClient } from '../clients/join-client.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { answeredAlready, nothingToAnswer, otherAddress } from './acceptance.ts'
import { findAppointments } from './appointment-store.ts'
import type { Booking } from './booking.ts'
import { insertParticipants } from './participant-store.ts'
import { newUid } from './uid.ts'

/**
 * Makes somebody the second of a booking: of its client, and of every appointment that is for both or for the second, each
 * with a calendar identity that is theirs alone.
 * @throws answered-already where the couple has another second; nothing-to-answer where it has ended meanwhile
 */
export async function joinBooking(
  { settings, now }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { id, clientId }: Booking,
  person: string
): Promise<void> {
  const at = now()
  const joined = await joinClient(tx, scope, clientId, person, at)
  if (joined === 'full') throw answeredAlready(otherAddress)
  if (joined === 'ended') throw nothingToAnswer('What this was for has ended. There is nothing for you to do')
  const theirs = (await findAppointments(tx, scope, id)).filter(({ who }) => who === 'both' || who === 'second')
  await insertParticipants(
    tx,
    theirs.map(appointment => ({
      practiceId: scope.practice.id,
      appointmentId: appointment.id,
      personId: person,
      uid: newUid(settings),
      sequence: 0,
      revisedAt: at,
      response: 'needs_action' as const
    }))
  )
}
