import { bookings, people, placeOf, typeOf } from '../matrix/marks.ts'
import type { Overheard } from './house.ts'
import { type Lived, lives, said } from './secrets.ts'
import type { Visitor } from './visitor.ts'

const zone = 'America/New_York'
const persons = { A: people.booker, B: people.member, C: people.stranger }

/** Books on the pages, pays where something is to be paid, and proves the address where that is asked. @returns its address */
export async function bookOnPages(house: Overheard, visitor: Visitor, name: Lived): Promise<string> {
  const person = persons[lives[name]]
  const isSuggested = name === 'joint' || name === 'suggested'
  const slot = `${bookings[name].start} jessica ${placeOf(name).slug}`
  const choice = await visitor.post('/b', { type: typeOf(name).slug, slot, zone })
  await visitor.get(String(choice.headers.location))
  const sent = await visitor.post(String(choice.headers.location), {
    name: person.name,
    email: person.email,
    phone: person.phone,
    mailbox: 'own',
    agreed: isSuggested ? 'together' : 'yes',
    consent: 'yes',
    termsVersion: '1'
  })
  const next = String(sent.headers.location)
  if (isSuggested) return next
  if (next.startsWith('/b/')) return prove(house, visitor, next)
  if (!next.startsWith('http')) throw new Error(`${name} cannot be booked: ${sent.statusCode} ${sent.body}`)
  return pay(house, visitor, next)
}

/** Pays at Stripe's page, and comes back. @returns the booking's address */
export async function pay(house: Overheard, visitor: Visitor, checkout: string): Promise<string> {
  const paid = await house.stripe.submit(checkout)
  const back = new URL(paid.headers.get('location') ?? '')
  const own = String((await visitor.get(back.pathname)).headers.location)
  await house.work()
  await visitor.get(own)
  return own
}

async function prove(house: Overheard, visitor: Visitor, own: string): Promise<string> {
  await house.work()
  await visitor.get(own)
  const text = house.received.findLast(({ mail }) => mail.subject === 'Your code')?.mail.text ?? ''
  await visitor.post(`${own}/confirmation`, { code: '00000000' })
  await visitor.post(`${own}/confirmation`, { code: /\b\d{8}\b/.exec(text)?.[0] ?? '' })
  await house.work()
  await visitor.get(own)
  return own
}

/** The other of the two reads what is suggested, proves an address of their own and says yes; then it is paid. */
export async function acceptAndPay(house: Overheard, a: Visitor, own: string, b: Visitor): Promise<void> {
  await house.work()
  const link = /\/a\/[\w-]{43}/.exec((await a.get(own)).body)?.[0] ?? ''
  await b.get(link)
  await b.post(`${link}/answers`, { answer: 'accept' })
  await b.get(`${link}/acceptance`)
  const { name, email } = people.member
  const asked = await b.post(`${link}/codes`, { name, email, mailbox: 'own' })
  await house.work()
  const text = house.received.findLast(({ mail }) => mail.subject === 'Your code')?.mail.text ?? ''
  const [, request = ''] = /name="request"[^>]*value="([^"]+)"/.exec(asked.body) ?? []
  const said = await b.post(`${link}/acceptance`, { request, name, code: /\b\d{8}\b/.exec(text)?.[0] ?? '' })
  if (said.statusCode !== 303) throw new Error(`The other did not accept: ${said.statusCode} ${said.body}`)
  await b.get(String(said.headers.location))
  await b.get('/me')
  await house.work()
  await a.get(own)
  await pay(house, a, String((await a.post(`${own}/payment`)).headers.location))
  await b.get(own)
}

/** A's page to share, what B says there, what the therapist replies, and what of it A reads. */
export async function shareAndAnswer(a: Visitor, own: string, b: Visitor, therapist: Visitor): Promise<void> {
  await a.post(`${own}/share`)
  const link = /\/p\/[\w-]{43}/.exec((await a.get(`${own}/share`)).body)?.[0] ?? ''
  await b.get(link)
  await b.post(`${link}/answers`, { kind: 'concern', concern: 'privacy', words: said.concern })
  const shown = { kind: 'concern', concern: 'time', words: said.shown, audience: 'inviter' }
  await b.post(`${link}/answers`, shown)
  await b.post(`${link}/answers`, { ...shown, sure: 'yes' })
  const answer = await b.post(`${link}/answers`, { kind: 'question', words: said.question })
  const words = /class="words"[^>]*>([a-z -]+)</.exec(answer.body)?.[1]?.trim() ?? ''
  await b.post('/r', { words })
  await b.post('/r/thread/messages', { words: said.more })
  const inbox = await therapist.get('/console/inbox')
  const replies = [...inbox.body.matchAll(/action="(\/console\/inbox\/[^"]+\/replies)"/g)].map(([, path = '']) => path)
  for (const path of replies) await therapist.post(path, { words: said.reply })
  await therapist.call('GET', '/api/inbox')
  await b.get('/r/thread')
  await a.get(`${own}/share`)
  await a.get(link)
}

const lists = ['bookings', 'inbox', 'therapists', 'therapists/jessica/time-off', 'clients', 'beginnings', 'tasks'].map(
  name => `/api/${name}`
)
const pages = ['inbox', 'time-off', 'clients', 'beginnings', 'tasks', 'choices']
  .map(name => `/console/${name}`)
  .concat(['08', '15', '22'].map(day => `/console?week=2027-02-${day}`))

/** Every page and list that there is for staff, in the weeks of this life. */
export async function workThrough(staff: readonly Visitor[], booked: readonly string[]): Promise<void> {
  for (const visitor of staff) {
    for (const path of lists) await visitor.call('GET', path)
    for (const page of pages) await visitor.get(page)
    for (const own of booked) {
      const id = own.split('/').at(-1)
      for (const page of ['', '/cancellation', '/move']) await visitor.get(`/console/bookings/${id}${page}`)
      await visitor.call('GET', `/api/bookings/${id}`)
      await visitor.call('GET', `/api/bookings/${id}/cancellation`)
    }
  }
}

/** A calendar's address, made by its owner and fetched by an app. */
export async function subscribe(
  house: Overheard,
  ear: string,
  make: () => Promise<{ body: string }>
): Promise<() => Promise<void>> {
  const [, address] = /(\/calendars\/[\w-]+\.ics)/.exec((await make()).body) ?? []
  if (!address) throw new Error(`There is no calendar for ${ear}`)
  const app = house.visitor(ear)
  const fetch = async () => {
    const { statusCode, body } = await app.get(address)
    if (statusCode !== 200) throw new Error(`A calendar is answered by ${statusCode}`)
    if (!ear.endsWith('with names')) house.ears.hear('calendar entry', ear, body)
  }
  await fetch()
  return fetch
}

/**
 * Whoever asks for what others asked for: nothing more is told to them. Tokens are left out, which their holders guard.
 * @param asked whose addresses are asked for
 */
export async function askEachOther(visitors: readonly Visitor[], asked: readonly Visitor[]): Promise<number> {
  const addresses = new Set(asked.flatMap(({ asked }) => [...asked]))
  const guessed = [...addresses].filter(address => !/[\w-]{43}|\/b\/new\//.test(address))
  for (const visitor of visitors)
    for (const address of guessed) {
      await visitor.get(address)
      await visitor.call('GET', address)
    }
  return guessed.length
}
