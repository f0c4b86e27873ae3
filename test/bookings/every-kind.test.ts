import t, { type Test } from 'tap'
import { demoTypes, type SeedType } from '../../db/seed-types.ts'
import { settle } from '../../src/bookings/settle.ts'
import { open, someone } from '../support/open.ts'

type House = Awaited<ReturnType<typeof open>>
type Body = Record<string, unknown>

const consent = { termsVersion: 1 }

t.test('a new demo practice sells every kind: each is found, quoted as free, booked, and confirmed', async t => {
  const house = await open(t)
  const { items } = (await house.request('GET', '/api/session-types')).json()
  t.same(
    items.map(({ slug }: Body) => slug),
    demoTypes.map(({ slug }) => slug)
  )
  for (const type of demoTypes) await t.test(type.slug, t => sell(t, house, type))
})

/** Sells one kind to two who have nothing else, so far that nothing is left to be done before it takes place. */
async function sell(t: Test, house: House, type: SeedType): Promise<void> {
  const { slug, plan, rules } = type
  const { request, work } = house
  const at = await firstOf(t, house, type)
  const quoted = await request('POST', `/api/session-types/${slug}/quote`, at)
  t.equal(quoted.statusCode, 200, quoted.body)
  const { appointments, price, dues } = quoted.json()
  const timed = appointments.filter(({ start }: Body) => start)
  t.ok(timed.length > 0 && timed.every(({ free }: Body) => free), 'each time is free')
  t.equal(price.amount, type.price)
  t.equal(dues.length, price.amount ? (rules.pay.mode === 'deposit' ? 2 : 1) : 0)

  const [jo, sam] = [`jo-${slug}@example.com`, `sam-${slug}@example.com`]
  const together = plan.segments.some(({ who }) => who === 'both')
  const body = { sessionType: slug, ...at, person: { ...someone, email: jo }, consent, ...(together && { together }) }
  const answer = await request('POST', '/api/bookings', body)
  t.equal(answer.statusCode, 201, answer.body)
  const booked = answer.json()
  t.equal(booked.state, together ? 'requested' : 'held')
  t.equal(booked.appointments.length, appointments.length)
  t.match(booked.price, price)
  await work()

  const path = `/api/bookings/${booked.id}`
  if (together) {
    const yes = { answer: 'accept', link: booked.partnerLink }
    const said = await request('POST', `${path}/acceptance`, yes, await house.signInPerson(sam))
    t.equal(said.statusCode, 200, said.body)
  }
  if (rules.callEach) for (const who of [jo, sam]) await talk(t, house, who)
  if (rules.approval) {
    const approved = await request('POST', `${path}/approval`, { approved: true }, await house.signIn())
    t.match(approved.json(), { state: 'held' }, approved.body)
  }
  if (price.amount) await pay(house, booked.id, await house.openedBy(booked.id))
  else await giveCode(house, booked)
  const seen = (await request('GET', path, undefined, await house.openedBy(booked.id))).json()
  t.equal(seen.state, 'confirmed')
  t.equal(seen.appointments.length, appointments.length, 'nothing was lost on the way')
  await work()
  const brings = (to: string) =>
    house.mails.some(mail => mail.to === to && mail.invitation?.calendar.includes('BEGIN:VEVENT'))
  for (const who of together ? [jo, sam] : [jo]) t.ok(brings(who), 'and it is in the calendar')
}

/** The first start that is shown, or the first dates. */
async function firstOf(t: Test, { request, clock }: House, { slug, plan, rules }: SeedType): Promise<Body> {
  if (plan.anchor === 'edition') {
    const { items } = (await request('GET', `/api/session-types/${slug}/editions`)).json()
    t.match(items, [{ state: 'open' }, { state: 'open' }])
    return { edition: items[0].id }
  }
  const from = clock.now().plus({ minutes: rules.notice })
  const days = `from=${from.toISODate()}&to=${from.plus({ days: 60 }).toISODate()}`
  const answer = await request('GET', `/api/session-types/${slug}/slots?${days}&zone=America/New_York`)
  const [slot] = answer.json().slots
  if (!slot) throw new Error(`No start of ${slug} is free: ${answer.body}`)
  return { start: slot.start, therapist: slot.therapist, place: slot.place }
}

/** A private call, booked by whoever reads this mailbox, confirmed by the mailed code, and held. */
async function talk(t: Test, house: House, email: string): Promise<void> {
  const { request, client, clock, signInPerson, signIn } = house
  const token = await signInPerson(email)
  // What was booked with an address that was only typed is theirs once they say so.
  const found = (await request('GET', '/api/me/found-bookings', undefined, token)).json()
  const bookings = found.items.map(({ id }: { id: string }) => id)
  if (bookings.length > 0) await request('POST', '/api/me/found-bookings', { bookings }, token)
  const call = demoTypes.find(({ slug }) => slug === 'consultation')
  if (!call) throw new Error('There is no call')
  const body = { sessionType: call.slug, ...(await firstOf(t, house, call)), consent }
  const booked = await request('POST', '/api/bookings', body, token)
  t.equal(booked.statusCode, 201, booked.body)
  await house.work()
  await giveCode(house, booked.json())
  const [appointment] = booked.json().appointments
  clock.set(appointment.end)
  const [row] = await client<
    { person: string }[]
  >`select booker_id as person from bookings where id = ${booked.json().id}`
  const people = [{ person: row?.person, attendance: 'attended' }]
  const put = await request('POST', `/api/appointments/${appointment.id}/attendance`, { people }, await signIn())
  t.ok(put.statusCode < 300, put.body)
}

async function giveCode({ request, mails }: House, { id, token }: { id: string; token: string }): Promise<void> {
  const mail = mails.findLast(({ subject }) => subject === 'Your code')
  const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0]
  const given = await request('POST', `/api/bookings/${id}/confirmation`, { code }, token)
  if (given.statusCode !== 200) throw new Error(`It is not confirmed: ${given.body}`)
}

async function pay({ request, client, gateway, deps, scope }: House, id: string, reader: string): Promise<void> {
  const opened = await request('POST', `/api/bookings/${id}/payment`, undefined, reader)
  if (opened.statusCode !== 200) throw new Error(`It cannot be paid: ${opened.body}`)
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id
    where d.booking_id = ${id} and a.checkout_id is not null`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
}
