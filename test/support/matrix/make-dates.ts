import { literal, type Mark } from './marks.ts'
import type { House } from './world.ts'

const zone = 'America/New_York'
const people = {
  seat: { name: 'Qzseat', email: 'seat@qz-seven.example', zone },
  line: { name: 'Qzline', email: 'line@qz-eight.example', zone },
  waiter: { name: 'Qzwaits', email: 'waits@qz-nine.example', zone }
}

/** Of two dates the first has one place, which one couple has and another waits for; of the second a place is kept for a third. */
export async function makeDates(house: House) {
  const { request, work, mails, signIn } = house
  const { items } = (await request('GET', '/api/session-types/retreat/editions')).json()
  const [full, other] = items.map(({ id }: { id: string }) => String(id))
  const therapist = await signIn()
  await request('PATCH', `/api/editions/${full}`, { min: 1, max: 1 }, therapist)
  const seat = (
    await request('POST', '/api/bookings', {
      sessionType: 'retreat',
      edition: full,
      person: people.seat,
      together: true,
      consent: { termsVersion: 1 }
    })
  ).json()
  await request('POST', '/api/waitlist-entries', { edition: full, person: people.line })
  await request('POST', '/api/waitlist-entries', { edition: other, person: people.waiter })
  await work()
  const tokenOf = ({ email }: { email: string }) =>
    /\/w\/([\w-]{43})/.exec(mails.findLast(({ to }) => to === email)?.text ?? '')?.[1] ?? ''
  const token = tokenOf(people.waiter)
  for (const one of [tokenOf(people.line), token]) await request('POST', `/api/waitlist-entries/${one}/confirmation`)
  await work()
  const { waitlist } = (await request('GET', `/api/editions/${full}/roster`, undefined, therapist)).json()
  const line = String(waitlist[0].id)
  await request('POST', `/api/waitlist-entries/${line}/approval`, { spokenWithEach: true }, therapist)
  const marks: Mark[] = [
    { fact: 'seat: id', shows: literal(seat.id) },
    ...Object.entries(people).flatMap(([who, { name, email }]) => [
      { fact: `${who}: name`, shows: literal(name) },
      { fact: `${who}: contact`, shows: literal(email) }
    ])
  ]
  return { full: String(full), seat: String(seat.id), line, token, marks }
}
