import type { Test } from 'tap'
import { open } from './open.ts'

export const one = { name: 'Jo Delgado', email: 'jo@example.com', zone: 'America/New_York' }
export const other = { name: 'Sam Okafor', email: 'sam@example.com', zone: 'America/New_York' }

type House = Awaited<ReturnType<typeof open>>

/** The standing yeses of a therapist's list. */
export async function listOf({ request }: Pick<House, 'request'>, therapist: string) {
  return (await request('GET', '/api/beginnings', undefined, therapist)).json().items
}

/** Agrees to what this person is asked just now. */
export async function agree({ request }: Pick<House, 'request'>, token: string) {
  const { question } = (await request('GET', '/api/me/start-together', undefined, token)).json()
  return request('POST', '/api/me/start-together/answer', { agree: true, hash: question.hash }, token)
}

/** Two who said yes, each signed in for themselves, and nobody has answered them. */
export const openTwoYeses = async (t: Test, own: Parameters<typeof open>[1] = {}) => sayTwoYeses(await open(t, own))

/** The same in a house that is there. */
export async function sayTwoYeses<H extends House>(house: H) {
  const { request, signInPerson, signIn } = house
  const jo = await signInPerson(one.email)
  const sam = await signInPerson(other.email)
  const therapist = await signIn()
  const say = (token: string, more: object) => request('POST', '/api/me/start-together', more, token)
  await say(jo, { whom: 'Sam, my husband' })
  await say(sam, { whom: 'Jo' })
  await house.work()
  return { ...house, jo, sam, therapist, say, yeses: await listOf(house, therapist) }
}

/** Two who have begun together: each by their own yes, the therapist's and their own again. */
export const openCouple = async (t: Test, own: Parameters<typeof open>[1] = {}) => beginTogether(await open(t, own))

/** The same in a house that is there. */
export async function beginTogether<H extends House>(there: H) {
  const house = await sayTwoYeses(there)
  const { request, therapist, yeses, jo, sam, client, work, mails } = house
  const ids = yeses.map(({ id }: { id: string }) => id)
  await request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist)
  for (const token of [jo, sam]) await agree(house, token)
  await work()
  mails.length = 0
  const [row] = await client<{ id: string }[]>`select client_id as id from beginnings where state = 'begun'`
  if (!row) throw new Error('No couple was made')
  return { ...house, couple: row.id }
}
