import { readPersonIn } from './claims.ts'
import { literal, type Mark } from './marks.ts'
import type { House } from './world.ts'

/**
 * Around the two: somebody who belonged to the same client before and left, two others who said that they would begin
 * together, and what a therapist has asked these.
 */
export async function makeCouple(
  { request, client, clock, signInPerson }: House,
  joint: string,
  persons: Readonly<Record<'booker' | 'member' | 'stranger' | 'former', string>>,
  therapist: string
) {
  const [row] = await client<{ id: string }[]>`select client_id as id from bookings where id = ${joint}`
  const id = row?.id ?? ''
  const former = readPersonIn(persons.former)
  const [then, later] = [clock.now().minus({ days: 300 }).toISO(), clock.now().minus({ days: 100 }).toISO()]
  await client`
    insert into memberships (practice_id, client_id, person_id, joined_at, kind, number, left_at)
    select practice_id, id, ${former}, ${then}, kind, 2, ${later} from clients where id = ${id}`
  await client`
    insert into participants
      (practice_id, appointment_id, person_id, uid, sequence, revised_at, removed_at, response)
    select practice_id, id, ${former}, 'a uid of somebody who left', 1, ${later}, ${later}, 'accepted'
    from appointments where booking_id = ${joint}`
  const yeses: string[] = []
  for (const who of ['stranger', 'former'] as const)
    await request('POST', '/api/me/start-together', { whom: `Qzwhom of ${who}` }, persons[who])
  const list = (await request('GET', '/api/beginnings', undefined, therapist)).json().items
  for (const yes of list) yeses.push(String(yes.id))
  const asked = await request('POST', '/api/beginnings', { approved: true, yeses, spokenWithEach: true }, therapist)
  if (asked.statusCode !== 200) throw new Error(`Nobody is asked: ${asked.body}`)
  const fifth = await signInPerson('fifth@qz-five.example')
  await request('POST', '/api/me/start-together', { whom: 'Nobody in particular' }, fifth)
  const standing = (await request('GET', '/api/beginnings', undefined, therapist)).json().items
  const yes = standing.map(({ id }: { id: string }) => String(id)).find((one: string) => !yeses.includes(one))
  const { question } = (await request('GET', '/api/me/start-together', undefined, persons.stranger)).json()
  const [beginning] = await client<{ id: string }[]>`select id from beginnings`
  const marks: Mark[] = [
    { fact: 'couple: id', shows: literal(id) },
    { fact: 'stranger: whom', shows: literal('Qzwhom of stranger') },
    { fact: 'former: whom', shows: literal('Qzwhom of former') }
  ]
  return {
    id,
    yes: String(yes),
    hash: String(question.hash),
    beginning: beginning?.id ?? '',
    person: readPersonIn(persons.member),
    marks
  }
}
