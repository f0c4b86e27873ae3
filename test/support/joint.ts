import type { Sql } from 'postgres'
import { settle } from '../../src/bookings/settle.ts'
import type { open } from './open.ts'

type House = Awaited<ReturnType<typeof open>>

/** The token in a partner's link. */
export function tokenIn(link: string): string {
  return link.split('/a/')[1] ?? ''
}

/** A newer version of a session type, which the practice approves. */
export async function needApprovalOf(house: { client: Sql }, slug: string): Promise<void> {
  await renew(house, slug, `{"rules": {"approval": true}}`)
}

/** A newer version of a session type, which costs nothing. */
export async function makeFree(house: { client: Sql }, slug: string): Promise<void> {
  await renew(house, slug, `{"price": 0}`)
}

/** A newer version of a session type, with other rules or another price. */
export async function renew({ client }: { client: Sql }, slug: string, change: string): Promise<void> {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules', v.rules || coalesce(${change}::jsonb -> 'rules', '{}'),
      'price', coalesce(${change}::jsonb -> 'price', to_jsonb(v.price))))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = ${slug}`
  await client`update session_types set version = version + 1 where slug = ${slug}`
}

/** A time that somebody suggested to their partner, and what the partner may do about it. */
export async function suggested(house: House, more: object = {}) {
  const { book, request, signInPerson, client } = house
  const booked = (await book({ together: true, ...more })).json()
  const id = String(booked.id)
  const link = String(booked.partnerLink)
  return {
    id,
    token: String(booked.token),
    appointment: String(booked.appointments[0].id),
    link,
    /** Signs in with an address and says yes. */
    accept: async (email: string) =>
      request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept', link }, await signInPerson(email)),
    answer: async () => (await client`select answer from acceptances where booking_id = ${id} and by = 'partner'`)[0],
    stateOf: async () => (await client<{ state: string }[]>`select state from bookings where id = ${id}`)[0]?.state
  }
}

/** An appointment of two who have both said yes: paid by the first, confirmed, and told to both. */
export async function joint(house: House, email: string, more: object = {}) {
  const { request, client, gateway, deps, scope, work } = house
  const time = await suggested(house, more)
  const said = await time.accept(email)
  if (said.statusCode !== 200) throw new Error(`The other did not accept: ${said.body}`)
  await request('POST', `/api/bookings/${time.id}/payment`, undefined, await house.openedBy(time.id))
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${time.id}`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
  await work()
  return { ...time, personToken: await house.signInPerson(email) }
}
