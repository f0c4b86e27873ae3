import type { Test } from 'tap'
import { joint, renew, suggested } from './joint.ts'
import { open } from './open.ts'

/** A Monday five weeks ahead of the clock, with private days on it and the day after. */
export const monday = '2027-03-08T14:00:00Z'
export const days = [null, null, null, null]
export const withAll = [...days, 'propose', 'propose', 'propose']

/** The therapist works whole days, as an intensive needs them. */
export async function openDays(t: Test, own: Parameters<typeof open>[1] = {}) {
  const house = await open(t, own)
  await house.client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  const quote = (occurrences?: unknown, start = monday) =>
    house.request('POST', '/api/session-types/intensive-2-day/quote', {
      start,
      ...(occurrences ? { occurrences } : {})
    })
  const rows = (id: string) => house.client<
    { ordinal: number; start: string; state: string; price: number | null; people: number; taken: number }[]
  >`select a.ordinal, to_char(starts_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI"Z"') as start, state, price::int,
      (select count(*)::int from participants p where p.appointment_id = a.id) as people,
      (select count(*)::int from occupancy o where o.appointment_id = a.id) as taken
    from appointments a where booking_id = ${id} order by ordinal`
  /** The id of one of a booking's appointments, by its number. */
  const nth = async (id: string, ordinal: number) =>
    (
      await house.client<
        { id: string }[]
      >`select id from appointments where booking_id = ${id} and ordinal = ${ordinal}`
    )[0]?.id ?? ''
  return { ...house, quote, rows, nth }
}

/** Private days with all three steps, both have said yes, and it is confirmed. */
export async function confirmedDays(t: Test, occurrences: readonly unknown[] = withAll) {
  const house = await openDays(t)
  const time = await suggested(house, { sessionType: 'intensive-2-day', start: monday, occurrences })
  await time.accept('other@example.com')
  await house.client`update acceptances set answer = 'accept', at = now() where booking_id = ${time.id} and answer is null`
  await house.client`update bookings set state = 'confirmed', confirmed_at = created_at where id = ${time.id}`
  return { ...house, ...time }
}

/** The same, paid as usual and told to both: nothing waits for the practice. */
export async function paidDays(t: Test, occurrences: readonly unknown[] = withAll) {
  const house = await openDays(t)
  await renew(house, 'intensive-2-day', '{"rules": {"approval": false, "callEach": false}}')
  const time = await joint(house, 'other@example.com', { sessionType: 'intensive-2-day', start: monday, occurrences })
  await house.work()
  return { ...house, ...time }
}
