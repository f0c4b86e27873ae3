import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import { settle } from '../../src/bookings/settle.ts'
import { open, someone } from './open.ts'

/** Somebody new each time, by a word of the test's own. */
export const couple = (word: number | string) => ({ ...someone, email: `couple-${word}@example.com` })

/** A Thursday, free in the demo practice, more than a hundred days after the clock's start. */
export const firstDay = '2027-06-10'

/**
 * A house with one edition more, of a retreat that asks for no approval unless told, so that a seat is taken by a booking
 * and confirmed by its payment.
 */
export async function openRetreat(
  t: Test,
  {
    max = 2,
    approval = false,
    day = firstDay,
    ...own
  }: { max?: number; approval?: boolean; day?: string } & NonNullable<Parameters<typeof open>[1]> = {}
) {
  const house = await open(t, { limits: { bookings: 10_000, quotes: 10_000, holds: 100 }, ...own })
  const { request, client, clock, mails, deps, scope, gateway, work } = house
  if (!approval) {
    await client`
      insert into session_type_versions
      select (jsonb_populate_record(v, jsonb_build_object('version', 2,
        'rules', v.rules || '{"approval": false, "callEach": false}'))).*
      from session_type_versions v join session_types t on t.id = v.session_type_id where t.slug = 'retreat'`
    await client`update session_types set version = 2 where slug = 'retreat'`
  }
  const staff = await house.signIn()
  const made = await request('POST', '/api/session-types/retreat/editions', { day, min: 1, max, state: 'open' }, staff)
  if (made.statusCode !== 201) throw new Error(`No edition was made: ${made.body}`)
  const edition = String(made.json().id)
  const seat = (word: number | string, more: object = {}) =>
    house.book({ sessionType: 'retreat', start: undefined, edition, person: couple(word), ...more })

  /** Pays what is to be paid now of a booking. */
  const pay = async (id: string) => {
    const [attempt] = await client<{ id: string; checkout: string }[]>`
      select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id}`
    if (!attempt) throw new Error('Nothing is to be paid')
    gateway.pay(attempt.checkout)
    await settle(deps, scope, attempt.id)
    await work()
  }
  /** Asks to wait with an address that is only typed. */
  const ask = async (word: number | string): Promise<LightMyRequestResponse> => {
    const answer = await request('POST', '/api/waitlist-entries', { edition, person: couple(word) })
    await work()
    return answer
  }
  /** The token in the mail that this couple got last with an address to its place in line. */
  const lineToken = (word: number | string): string => {
    const { email } = couple(word)
    const mail = mails.findLast(({ to, text }) => to === email && text.includes('/w/'))
    return /\/w\/([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? ''
  }
  /** Whoever reads the mailbox says that it was they. */
  const confirm = async (word: number | string): Promise<LightMyRequestResponse> => {
    const answer = await request('POST', `/api/waitlist-entries/${lineToken(word)}/confirmation`)
    await work()
    return answer
  }
  return {
    ...house,
    staff,
    edition,
    seat,
    pay,
    /** A seat that is paid and confirmed. */
    async confirmedSeat(word: number | string, more: object = {}) {
      const booked = (await seat(word, more)).json()
      await pay(booked.id)
      return { id: String(booked.id), token: String(booked.token) }
    },
    ask,
    lineToken,
    confirm,
    /** Asks to wait, and proves the address; all that follows from it is done. */
    async wait(word: number | string): Promise<LightMyRequestResponse> {
      const answer = await ask(word)
      await confirm(word)
      return answer
    },
    /** The state of this couple's own page. */
    place: async (word: number | string): Promise<string> =>
      (await request('GET', `/api/waitlist-entries/${lineToken(word)}`)).json().state,
    accept: (token: string, more: object = {}) =>
      request('POST', `/api/waitlist-entries/${token}/acceptance`, { consent: { termsVersion: 1 }, ...more }),
    cancel: (of: { id: string; token: string }) =>
      request('POST', `/api/bookings/${of.id}/cancellation`, undefined, of.token),
    /** Of everybody who ever waited with a proven address, in line. */
    line: () =>
      client<{ state: string; position: number }[]>`
        select w.state, w.position from waitlist_entries w
        where w.edition_id = ${edition} and w.proven_at is not null order by w.position`,
    async publicState(): Promise<string | undefined> {
      const { items } = (await request('GET', '/api/session-types/retreat/editions')).json()
      return items.find(({ id }: { id: string }) => id === edition)?.state
    },
    later: (hours: number) => clock.move({ hours })
  }
}
