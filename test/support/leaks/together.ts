import { people } from '../matrix/marks.ts'
import type { Overheard } from './house.ts'
import { bookOnPages, pay } from './life.ts'
import { said, second } from './secrets.ts'
import type { Visitor } from './visitor.ts'

const emails = { A: people.booker.email, B: people.member.email, C: people.stranger.email }

/** Signs in by the mailed code, in the browser and for the program, and says of what was booked so that it is theirs. */
export async function signIn(house: Overheard, visitor: Visitor, who: keyof typeof emails): Promise<void> {
  const asked = await visitor.post('/sign-in', { email: emails[who] })
  const request = String(asked.headers.location)
  await visitor.post(request, { code: await newestCode(house) })
  await visitor.get(request)
  await visitor.post('/me/mailbox', { mailbox: 'own' })
  const [, found] = /name="booking"[^>]*value="([^"]+)"/.exec((await visitor.get('/me')).body) ?? []
  if (found) await visitor.post('/me/found', { booking: found })
  const me = await visitor.get('/me')
  if (me.statusCode !== 200) throw new Error(`${who} is not signed in: ${me.statusCode}`)
}

/** Each makes choices that are theirs alone, and looks at every page of their own. */
export async function settleIn(a: Visitor, b: Visitor): Promise<void> {
  for (const [visitor, name, calendarTitle] of [
    [a, people.booker.name, said.titleOfA],
    [b, people.member.name, said.titleOfB]
  ] as const)
    await visitor.post('/me/preferences', {
      name,
      zone: 'America/New_York',
      wording: 'discreet',
      calendarChoice: 'invitation',
      calendarTitle
    })
}

/** B leaves what the two were; each says yes anew, the therapist asks both, and each agrees. */
export async function beginAnew(house: Overheard, a: Visitor, b: Visitor, therapist: Visitor): Promise<void> {
  await leave(b)
  await house.work()
  await a.post('/me/start', { whom: said.whomOfA, mayTell: 'yes' })
  await a.get('/me/start')
  await b.post('/me/start', { whom: said.whomOfB })
  await a.get('/me/start')
  await house.work()
  await therapist.call('GET', '/api/beginnings')
  const list = await therapist.get('/console/beginnings')
  const yeses = [...list.body.matchAll(/name="yes"[^>]*value="([^"]+)"/g)].map(([, yes = '']) => yes)
  const asked = await therapist.call('POST', '/api/beginnings', { approved: true, yeses, spokenWithEach: true })
  if (asked.statusCode !== 200) throw new Error(`The two are not asked: ${asked.body}`)
  await therapist.get('/console/beginnings')
  await house.work()
  for (const visitor of [b, a]) {
    const [, hash = ''] = /name="hash"[^>]*value="([^"]+)"/.exec((await visitor.get('/me/start')).body) ?? []
    const agreed = await visitor.post('/me/start/answer', { hash, agree: 'yes' })
    if (agreed.statusCode !== 303) throw new Error(`Nobody agreed: ${agreed.statusCode} ${agreed.body}`)
  }
  await house.work()
}

/** A suggests a time to B, to whom no link is needed any more; both say yes, the practice too with a note, and A pays. */
export async function bookTogether(house: Overheard, a: Visitor, b: Visitor, therapist: Visitor): Promise<string> {
  await house.offer(true)
  const own = await bookOnPages(house, a, 'suggested')
  await house.offer(false)
  await house.work()
  await b.get('/me')
  await b.get(own)
  await b.post(`${own}/acceptance`, { answer: 'accept' })
  const id = own.split('/').at(-1)
  const approved = await therapist.call('POST', `/api/bookings/${id}/approval`, { approved: true, note: said.note })
  if (approved.statusCode !== 200) throw new Error(`It was not approved: ${approved.body}`)
  await house.work()
  await pay(house, a, String((await a.post(`${own}/payment`)).headers.location))
  await b.get(own)
  return own
}

/** B leaves the day before; A reads that it does not take place; staff waive the fee for a reason. */
export async function leaveLate(house: Overheard, own: string, a: Visitor, b: Visitor, therapist: Visitor) {
  await leave(b)
  await house.work()
  for (const visitor of [a, b]) for (const page of [own, '/me', '/me/start']) await visitor.get(page)
  const id = own.split('/').at(-1)
  const decided = await therapist.call('POST', `/api/bookings/${id}/fee-decision`, { keep: false, reason: said.reason })
  if (decided.statusCode >= 300) throw new Error(`No fee was decided on: ${decided.body}`)
  await house.work()
  await a.get(own)
}

/** Each takes along what is held about them; then A is written to at another address. */
export async function takeAlong(house: Overheard, a: Visitor, others: readonly Visitor[]): Promise<void> {
  for (const visitor of [a, ...others]) {
    const file = await visitor.post('/me/data')
    if (file.statusCode !== 200) throw new Error(`Nothing was handed out: ${file.body}`)
    for (const page of ['/me/sign-in', '/me/data', '/me/preferences', '/me/feeds', '/me/share']) await visitor.get(page)
  }
  const asked = await a.post('/me/address', { email: second })
  const changed = await a.post(String(asked.headers.location), { code: await newestCode(house) })
  if (changed.statusCode !== 303) throw new Error(`The address was not changed: ${changed.body}`)
  await house.work()
  await a.get('/me/sign-in')
}

/** Ends what they belong to now, on the page that says first what it means. */
async function leave(visitor: Visitor): Promise<void> {
  const [, address = ''] = /href="(\/me\/leaving\/[^"]+)"/.exec((await visitor.get('/me/start')).body) ?? []
  await visitor.get(address)
  const left = await visitor.post(address)
  if (left.statusCode !== 200) throw new Error(`Nobody left: ${left.statusCode} ${left.body}`)
}

async function newestCode(house: Overheard): Promise<string> {
  await house.work()
  const text = house.received.findLast(({ mail }) => mail.subject === 'Your code')?.mail.text ?? ''
  return /\b\d{8}\b/.exec(text)?.[0] ?? ''
}
