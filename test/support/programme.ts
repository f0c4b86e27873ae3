import type { Test } from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { suggested } from './joint.ts'
import { open } from './open.ts'

/** The first start of every programme here: a day on which the practice is open from 9 to 18, in New York. */
export const tuesday = '2027-02-09T15:00:00Z'

/** A step as a view shows it. */
export interface Shown {
  who: string
  start?: string
  free?: boolean
  proposed?: boolean
  open?: { from: string; to: string }
  alternatives?: { start: string }[]
  id?: string
  state?: string
  step?: number
  waits?: boolean
}

/** A programme of two who have both said yes, approved, paid and confirmed. */
export async function agreed(t: Test, more: object = {}) {
  const house = await open(t)
  const { request, signIn, signInPerson, client, gateway, deps, scope, work } = house
  const time = await suggested(house, { sessionType: 'assessment', start: tuesday, place: 'video', ...more })
  await time.accept('sam@example.com')
  const staff = await signIn()
  const approved = await request('POST', `/api/bookings/${time.id}/approval`, { approved: true }, staff)
  if (approved.statusCode >= 300) throw new Error(approved.body)
  const jo = await house.openedBy(time.id)
  await request('POST', `/api/bookings/${time.id}/payment`, undefined, jo)
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${time.id}`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
  await work()
  const steps = await client<{ id: string; who: string }[]>`
    select id, who from appointments where booking_id = ${time.id} order by ordinal`
  const read = async (token: string) => (await request('GET', `/api/bookings/${time.id}`, undefined, token)).json()
  const move = (step: number, start: string, token: string) =>
    request('POST', `/api/appointments/${steps[step]?.id}/move`, { start }, token)
  return { ...house, id: time.id, jo, sam: await signInPerson('sam@example.com'), staff, steps, read, move }
}
