import { DateTime } from 'luxon'
import { settle } from '../../src/bookings/settle.ts'
import type { open } from './open.ts'

type House = Awaited<ReturnType<typeof open>>

/**
 * A private call as it really happens: booked by whoever reads this mailbox, who takes along what they booked before,
 * confirmed by the mailed code, and put down by the therapist as attended. The clock is an hour after its start then.
 */
export async function holdCall(house: House, person: { email: string }, start: string): Promise<void> {
  const { request, work, mails, clock, signIn, signInPerson, client } = house
  const token = await signInPerson(person.email)
  const { items } = (await request('GET', '/api/me/found-bookings', undefined, token)).json()
  const found = items.map(({ id }: { id: string }) => id)
  if (found.length > 0) await request('POST', '/api/me/found-bookings', { bookings: found }, token)
  const wish = { sessionType: 'consultation', start, person, consent: { termsVersion: 1 } }
  const booked = await request('POST', '/api/bookings', wish, token)
  await work()
  const asked = mails.findLast(({ to, subject }) => to === person.email && subject === 'Your code')
  const code = /\b\d{8}\b/.exec(asked?.text ?? '')?.[0]
  const { id, token: own, appointments } = booked.json()
  const confirmed = await request('POST', `/api/bookings/${id}/confirmation`, { code }, own)
  if (confirmed.statusCode !== 200) throw new Error(`The call is not confirmed: ${booked.body} ${confirmed.body}`)
  clock.set(DateTime.fromISO(start).plus({ hours: 1 }).toUTC().toISO() ?? '')
  const [row] = await client<{ booker: string }[]>`select booker_id as booker from bookings where id = ${id}`
  const people = [{ person: row?.booker, attendance: 'attended' }]
  const put = await request('POST', `/api/appointments/${appointments[0].id}/attendance`, { people }, await signIn())
  if (put.statusCode !== 200) throw new Error(`The call did not take place: ${put.body}`)
  await work()
}

/** Pays what is to be paid first of a booking that waits for nothing else. @returns its state then */
export async function payFor(house: House, id: string): Promise<string> {
  const { request, client, gateway, deps, scope, work, openedBy } = house
  await request('POST', `/api/bookings/${id}/payment`, undefined, await openedBy(id))
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
  await work()
  return (await request('GET', `/api/bookings/${id}`, undefined, await openedBy(id))).json().state
}
