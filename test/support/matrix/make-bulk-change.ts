import { newId } from '../../../src/kernel/ids.ts'
import type { Booked } from './marks.ts'
import type { House } from './world.ts'

/** What was done in one go about a booking in the way of an absence. @returns the change's id */
export async function makeBulkChange({ client, scope }: House, { id: booking, appointment }: Booked): Promise<string> {
  const [practice, id] = [scope.practice.id, newId()]
  await client`
    insert into bulk_changes (practice_id, id, resource_id, during, by, created_at)
      select ${practice}, ${id}, r.id, '[2027-02-08T14:00:00Z,2027-02-08T15:00:00Z)', r.person_id, '2027-02-01T12:00:00Z'
      from resources r where r.slug = 'jessica'`
  await client`
    insert into bulk_change_items (practice_id, change_id, appointment_id, booking_id, choice, state, outcome, at)
      values (${practice}, ${id}, ${appointment}, ${booking}, 'cancel', 'failed', 'This was changed', '2027-02-01T12:00:00Z')`
  return id
}
