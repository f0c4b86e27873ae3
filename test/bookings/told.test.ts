import t from 'tap'
import { bookingStates } from '../../db/schema/bookings.ts'
import { entryStates } from '../../db/schema/waitlist.ts'
import { demoTypes } from '../../db/seed-types.ts'
import { asItIs, lineAsItIs } from '../../src/bookings/as-it-is.ts'
import { termsText } from '../../src/bookings/terms.ts'
import { open } from '../support/open.ts'
import { visitor } from '../web/visitor.ts'

/** The names of states that nobody says of an appointment. */
const inside = /\b(held|requested|releasing|declined|expired|completed|no_show|waiting|offered|accepted|lapsed|left)\b/

t.test('a refusal says what a booking is and what can be done, and names no state', async t => {
  for (const state of bookingStates) {
    t.notMatch(asItIs(state), inside, state)
    t.match(asItIs(state), /^\w.*: \w/, state)
  }
  t.equal(asItIs('declined'), asItIs('expired'), 'whose no it was is told to nobody')
  for (const state of entryStates) t.notMatch(lineAsItIs(state).replace('was offered', ''), inside, state)
  const { book, request, signIn } = await open(t)
  const { id, token, appointments } = (await book()).json()
  const start = '2027-02-10T15:00:00Z'
  const asked = (await request('POST', `/api/appointments/${appointments[0].id}/move`, { start }, token)).json()
  t.match(asked, { type: '/problems/wrong-state', status: 409 })
  t.equal(asked.detail, 'This time is kept, and not confirmed yet: finish booking it, or give it back')
  const approved = await request('POST', `/api/bookings/${id}/approval`, { approved: true }, await signIn())
  t.match(approved.json(), {
    type: '/problems/wrong-state',
    detail: 'This time is kept, and not confirmed yet: it waits for no answer'
  })
})

t.test('terms of what costs nothing say nothing of money', async t => {
  const { app, scope } = await open(t)
  const costing = (amount: number, isMeant: (type: (typeof demoTypes)[number]) => boolean) => {
    const type = demoTypes.find(isMeant)
    if (!type) throw new Error('The demo practice has none of that kind')
    return { ...type, price: { amount, currency: 'USD' } }
  }
  const free = costing(0, ({ slug }) => slug === 'consultation')
  t.match(termsText(free, scope.practice), /It costs nothing, and you can cancel at any time\.$/)
  const nothing = termsText(
    costing(0, ({ plan, rules }) => !!plan.repeat && !!rules.skips),
    scope.practice
  )
  t.match(nothing, 'You can skip single ones.')
  for (const text of [nothing, termsText(free, scope.practice)]) t.notMatch(text, /[$]|price|kept|back/)
  const { get, post } = visitor(app)
  const times = await get('/sessions/consultation/times')
  const [, slot = ''] = /name="slot" value="([^"]+)"/.exec(times.body) ?? []
  const chosen = await post('/b', { type: 'consultation', slot, zone: 'America/New_York' })
  const details = (await get(String(chosen.headers.location))).body
  t.match(details, 'It costs nothing, and you can cancel at any time.')
  t.notMatch(details, '$0')
})

t.test('a page that refuses says in sentences what can be done, and names nothing that programs ask', async t => {
  const { app } = await open(t)
  const { get } = visitor(app)
  const gone = await get('/sessions/nothing')
  t.equal(gone.statusCode, 404)
  t.match(gone.body, 'It is not offered here any more. What is offered stands on the first page.')
  t.notMatch(gone.body, '/api/')
})
