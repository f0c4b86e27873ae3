import type { LightMyRequestResponse } from 'fastify'
import type { Sql } from 'postgres'
import type { Test } from 'tap'
import { someone } from './open.ts'
import { type GatewaySums, racing, rounds, sound, soundness } from './race.ts'

/** What is looked at of an answer. */
export type Answer = Pick<LightMyRequestResponse, 'statusCode' | 'body' | 'json'>

/** What a race needs of an application: one process in the test's own, or several of their own on one database. */
export interface RaceHouse {
  client: Sql
  databaseUrl: string
  gateway: GatewaySums
  request(method: 'GET' | 'POST', url: string, payload?: object, token?: string): Promise<Answer>
  book(more?: object): Promise<Answer>
  confirmed(more?: object): Promise<{ id: string; token: string; appointment: string }>
  signIn(): Promise<string>
  /** The payer pays at this address. @throws where the Checkout is over */
  pay(checkout: string): Promise<void>
  /** Time goes by, for everybody. */
  pass(minutes: number): Promise<void>
  /** What the minute's job does to holds that are over. */
  expire(): Promise<void>
  /** All that is due, and what it sent, until nothing waits. */
  minute(): Promise<void>
}

/** Three starts of one day each round, far enough apart, on days on which the practice is open from 9 to 18. */
const days = ['02-09', '02-10', '02-11', '02-16', '02-17', '02-18', '02-22', '02-23', '02-24', '02-25']
const at = (round: number, hour: number) =>
  `2027-${days[Math.floor(round / 2) % days.length]}T${String(hour).padStart(2, '0')}:00:00Z`
/** Two rounds a day: one before the break, one after. */
const hoursOf = (round: number) => (round % 2 ? { one: 19, other: 21 } : { one: 14, other: 16 })

/** Somebody new: who has the same address waits in line before the resources already, and may keep five times at most. */
const stranger = () => {
  strangers += 1
  return { ...someone, email: `stranger-${strangers}@example.com` }
}
let strangers = 0

const move = (house: RaceHouse, of: { appointment: string; token: string }, start: string) => () =>
  house.request('POST', `/api/appointments/${of.appointment}/move`, { start }, of.token)
const cancel = (house: RaceHouse, of: { id: string; token: string }) => () =>
  house.request('POST', `/api/bookings/${of.id}/cancellation`, undefined, of.token)
const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode).sort()
const isRefused = (t: Test, answer: Answer | undefined) => {
  t.match(answer?.json(), { status: 409, type: '/problems/slot-taken' })
  t.ok(answer?.json().alternatives.length > 0, 'with alternatives')
}

/** One round of a race. @returns how many waited for a lock at once */
type Round = (t: Test, house: RaceHouse, round: number) => Promise<number>

/** Every race by its guarantee. */
export const races: Readonly<Record<string, Round>> = {
  'hold against hold: one has the time': async (t, house, round) => {
    const start = at(round, hoursOf(round).one)
    const rival = () => house.book({ start, person: stranger() })
    const { outcomes, waiting } = await racing<Answer[]>(house, Array(5).fill(rival))
    t.same(codes(outcomes), [201, 409, 409, 409, 409])
    isRefused(
      t,
      outcomes.find(({ statusCode }) => statusCode === 409)
    )
    return waiting
  },
  'hold against move: one has the time, the other stays where it was': async (t, house, round) => {
    const { one, other } = hoursOf(round)
    const mover = await house.confirmed({ sessionType: 'individual', start: at(round, one) })
    const start = at(round, other)
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [
      () => house.book({ sessionType: 'individual', start, person: stranger() }),
      move(house, mover, start)
    ])
    t.ok([[200, 409].join(), [201, 409].join()].includes(codes(outcomes).join()), codes(outcomes).join())
    isRefused(
      t,
      outcomes.find(({ statusCode }) => statusCode === 409)
    )
    const rows = await house.client`
      select 1 from appointments a join occupancy o on o.appointment_id = a.id where a.starts_at = ${start}`
    t.equal(rows.length, 2, 'therapist and room, once')
    return waiting
  },
  'move against move crosswise, and for the same third time: no deadlock, each time has one': async (
    t,
    house,
    round
  ) => {
    const { one, other } = hoursOf(round)
    const [first, second] = [
      await house.confirmed({ sessionType: 'individual', start: at(round, one) }),
      await house.confirmed({ sessionType: 'individual', start: at(round, other) })
    ]
    const crossed = await racing<[Answer, Answer]>(house, [
      move(house, first, at(round, other)),
      move(house, second, at(round, one))
    ])
    t.same(codes(crossed.outcomes), [409, 409], 'each is in the way of the other')
    const third = at(round, one + 1)
    const met = await racing<[Answer, Answer]>(house, [move(house, first, third), move(house, second, third)])
    t.same(codes(met.outcomes), [200, 409])
    isRefused(
      t,
      met.outcomes.find(({ statusCode }) => statusCode === 409)
    )
    return Math.max(crossed.waiting, met.waiting)
  },
  'cancel against move: cancelled in the end, and everything comes back': async (t, house, round) => {
    const { one, other } = hoursOf(round)
    const booking = await house.confirmed({ sessionType: 'individual', start: at(round, one) })
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [
      cancel(house, booking),
      move(house, booking, at(round, other))
    ])
    const [cancelled, moved] = outcomes
    t.match(cancelled.json(), { state: 'cancelled', refund: { amount: 25_000 } })
    t.ok([200, 409].includes(moved.statusCode))
    const [row] = await house.client`
      select max(sequence) as sequence from participants where appointment_id = ${booking.appointment}`
    t.equal(row?.sequence, moved.statusCode === 200 ? 2 : 1, 'SEQUENCE rises once a change')
    return waiting
  },
  'expiry against payment, with a rival for the time: who has paid has it, and who let it go has the money back':
    async (t, house, round) => {
      const start = at(round, hoursOf(round).one)
      const booked = (await house.book({ start, person: stranger() })).json()
      const [attempt] = await house.client<{ id: string; checkout: string }[]>`
      select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booked.id}`
      const checkout = attempt?.checkout ?? ''
      const visit = () => house.request('GET', `/x/${attempt?.id}`)
      const rival = () => house.book({ start, person: stranger() })
      const stateOf = async () =>
        (await house.client<{ state: string }[]>`select state from bookings where id = ${booked.id}`)[0]?.state
      if (round % 2 === 0) {
        // Paid in time, and nobody told us: the hold is over when all come at once.
        await house.pass(30)
        await house.pay(checkout)
        await house.pass(6)
        const visits = round % 4 ? [visit, visit] : []
        const { waiting } = await racing<unknown[]>(house, [house.expire, ...visits, rival, house.expire, rival])
        isRefused(t, await rival())
        t.equal(await stateOf(), 'confirmed')
        return waiting
      }
      const pay = () => house.pay(checkout).catch(error => t.match(String(error), /is (expired|complete)/))
      const letGo = () => house.request('POST', `/api/bookings/${booked.id}/release`, undefined, booked.token)
      const { waiting } = await racing<unknown[]>(house, [letGo, pay, letGo, visit])
      await house.minute()
      const paid = house.gateway.checkouts.get(checkout)?.paid
      const state = await stateOf()
      t.ok(state === 'expired' || (paid && (state === 'confirmed' || state === 'cancelled')), `${state}, paid: ${paid}`)
      const [money] = await house.client<{ left: number }[]>`
      select coalesce(sum(l.amount), 0)::int as left from ledger l join dues d on d.id = l.due_id where d.booking_id = ${booked.id}`
      if (state !== 'confirmed') t.equal(money?.left, 0, 'nothing of it stays with the practice')
      return waiting
    },
  'many cancel at once: cancelled once, refunded once, told alike': async (t, house, round) => {
    const booking = await house.confirmed({ sessionType: 'individual', start: at(round, hoursOf(round).one) })
    const { outcomes, waiting } = await racing<Answer[]>(house, Array(4).fill(cancel(house, booking)))
    t.same(new Set(outcomes.map(({ body }) => body)).size, 1)
    t.match(outcomes[0]?.json(), { state: 'cancelled', refund: { amount: 25_000 } })
    const rows = await house.client`
      select 1 from refunds r join attempts a on a.id = r.attempt_id join dues d on d.id = a.due_id
      where d.booking_id = ${booking.id}`
    t.equal(rows.length, 1)
    return waiting
  },
  'approval twice, and a yes against a no: one answer counts': async (t, house, round) => {
    if (round === 0) await needApproval(house)
    const staff = await house.signIn()
    const booked = (
      await house.book({ sessionType: 'individual', start: at(round, hoursOf(round).one), person: stranger() })
    ).json()
    t.equal(booked.state, 'requested')
    const answer = (approved: boolean) => () =>
      house.request('POST', `/api/bookings/${booked.id}/approval`, { approved }, staff)
    const { outcomes, waiting } = await racing<Answer[]>(house, [answer(true), answer(round % 2 === 0), answer(true)])
    t.same(codes(outcomes), [200, 409, 409])
    const [row] = await house.client`select answer from acceptances where booking_id = ${booked.id}`
    const won = outcomes.find(({ statusCode }) => statusCode === 200)
    t.equal(won?.json().state, row?.answer === 'accept' ? 'held' : 'declined')
    return waiting
  },
  'time off against hold: the booking stands in the collisions, or it is refused': async (t, house, round) => {
    const staff = await house.signIn()
    const start = at(round, hoursOf(round).one)
    const end = at(round, hoursOf(round).other + 1)
    const { outcomes, waiting } = await racing<[Answer, Answer]>(house, [
      () => house.book({ sessionType: 'individual', start, person: stranger() }),
      () => house.request('POST', '/api/therapists/jessica/time-off', { start, end }, staff)
    ])
    const [booked, off] = outcomes
    t.equal(off.statusCode, 201)
    t.equal(off.json().collisions.length, booked.statusCode === 201 ? 1 : 0)
    return waiting
  }
}

/** Runs the rounds of one race, and asks after them all that nothing is lost. */
export async function race(t: Test, house: RaceHouse, name: string, round: Round): Promise<void> {
  let met = 0
  let run = 0
  // Where nobody met anybody yet, as on a machine that has much else to do, it goes on while there are days for it.
  for (; run < rounds || (met === 0 && run < 2 * days.length); run += 1) met += (await round(t, house, run)) > 0 ? 1 : 0
  await house.minute()
  t.match(await soundness(house), sound, 'nothing is lost and nothing sold twice')
  t.comment(`${name}: ${run} rounds, in ${met} of them somebody waited for somebody`)
  t.ok(met > 0, 'they really met')
}

/** A newer version of the individual session that the practice approves. */
async function needApproval({ client }: RaceHouse) {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules', v.rules || '{"approval": true}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'individual'`
  await client`update session_types set version = version + 1 where slug = 'individual'`
}
