import { settle } from '../../../src/bookings/settle.ts'
import { issueLink } from '../../../src/identity/links.ts'
import { newId } from '../../../src/kernel/ids.ts'
import { type Booked, type BookingName, bookerOf, bookings, people, placeOf, typeOf } from './marks.ts'
import type { House } from './world.ts'

/** Those that are not paid, or not yet. */
const waiting: ReadonlySet<BookingName> = new Set(['unpaid', 'asked', 'coded', 'suggested', 'linked'])

/** Books through the API a session type of its own, which nobody else books, at a place of its own. */
export async function makeBooking(house: House, name: BookingName, booker?: string, other?: string): Promise<Booked> {
  const { request, client, clock } = house
  await addType(house, name)
  const asked = {
    sessionType: typeOf(name).slug,
    start: bookings[name].start,
    person: people[bookerOf(name)],
    consent: { termsVersion: 1 },
    ...(bookings[name].like === 'couples' && { together: true })
  }
  const answer = await request('POST', '/api/bookings', asked, booker)
  if (answer.statusCode !== 201) throw new Error(`${name} cannot be booked: ${answer.body}`)
  const { id, token, appointments, partnerLink } = answer.json()
  const partner = String(partnerLink).split('/a/')[1] ?? ''
  const appointment = String(appointments[0].id)
  if (name === 'joint') {
    const accepted = await request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept', link: partner }, other)
    if (accepted.statusCode !== 200) throw new Error(`The other did not accept: ${accepted.body}`)
    await request('POST', `/api/bookings/${id}/payment`, undefined, booker)
  }
  if (!waiting.has(name)) await pay(house, id)
  const [person] = await client<{ id: string }[]>`select booker_id as id from bookings where id = ${id}`
  const link = (purpose: 'booking_answer' | 'booking_mail', until: { minutes: number } | { days: number }) =>
    issueLink(house.db, house.scope, {
      purpose,
      person: person?.id ?? '',
      subject: id,
      expiresAt: clock.now().plus(until)
    })
  return {
    id: String(id),
    appointment,
    link: partner,
    answer: String(token),
    mail: await link('booking_mail', { days: 30 }),
    over: await link('booking_answer', { minutes: -1 })
  }
}

/** A session type like one of the demo's, with a name, a price and a place by which it is known. */
export async function addType({ client, scope }: House, name: BookingName): Promise<void> {
  const { like, cents } = bookings[name]
  const [type, place] = [newId(), newId()]
  const { slug, name: title } = typeOf(name)
  const at = placeOf(name)
  const practice = scope.practice.id
  await client.begin(async tx => {
    await tx`
      insert into session_types (practice_id, id, slug, kind, public, position, version)
      select ${practice}, ${type}, ${slug}, kind, true, 100, 1 from session_types where slug = ${like}`
    await tx`
      insert into session_type_versions
        (practice_id, session_type_id, version, name, description, plan, price, currency, policy, rules, created_at)
      select practice_id, ${type}, 1, ${title}, ${title}, plan, ${cents}, currency, policy,
        rules || jsonb_build_object('approval', ${name === 'asked'}::boolean), created_at
      from session_type_versions
      where session_type_id = (select id from session_types where slug = ${like})`
    await tx`
      insert into places (practice_id, id, slug, name, address, link)
      values (${practice}, ${place}, ${at.slug}, ${at.name}, ${at.address}, ${at.link})`
    await tx`
      insert into offerings (practice_id, session_type_id, resource_id, place_id)
      select ${practice}, ${type}, id, ${place} from resources where slug = 'jessica'`
  })
}

async function pay({ client, gateway, deps, scope }: House, booking: string): Promise<void> {
  const [attempt] = await client<{ id: string; checkout: string }[]>`
    select a.id, a.checkout_id as checkout from attempts a join dues d on d.id = a.due_id where d.booking_id = ${booking}`
  if (!attempt) throw new Error('Nothing is to be paid')
  gateway.pay(attempt.checkout)
  await settle(deps, scope, attempt.id)
}
