import t from 'tap'
import { demoTypes } from '../../db/seed-types.ts'
import { knownOffer } from '../../src/availability/known-offer.ts'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { open, someone } from '../support/open.ts'
import { statementsOf } from '../support/oracles.ts'
import { colleague } from '../support/staff.ts'

const limits = { bookings: 10_000, holds: 1000, heldShare: 100 }
const days = 'from=2027-03-01&to=2027-04-30&zone=America/New_York'

t.test('what is known is read by all bookings, and written by none', async t => {
  const house = await open(t, { limits })
  const { db, scope, client, request, book } = house
  const own = (slug: string) => ({ sessionType: slug, person: { ...someone, email: `${slug}@example.com` } })
  for (const { slug, plan } of demoTypes.filter(({ plan }) => plan.anchor !== 'edition')) {
    const offer = await knownOffer(db, scope, slug)
    freeze(offer)
    const { slots } = (await request('GET', `/api/session-types/${slug}/slots?${days}`)).json()
    const [{ start, therapist, place }] = slots
    const together = plan.segments.some(({ who }) => who === 'both')
    const first = await book({ ...own(slug), start, therapist, place, ...(together && { together }) })
    t.equal(first.statusCode, 201, first.body)
    const again = await book({ ...own(slug), start, person: someone })
    t.match(again.json(), { type: '/problems/slot-taken' })
    t.equal(await knownOffer(db, scope, slug), offer, slug)
  }
  const asked = await statementsOf(client, async () => {
    t.match(await book({ sessionType: 'individual', start: '2027-02-25T15:00:00Z' }), { statusCode: 201 })
  })
  t.notMatch(asked.join('\n'), /session_types t join/, 'of its type nothing was asked')
})

t.test(
  'nor by those who choose steps, rounds or parts, or by somebody who is known, or for two therapists',
  async t => {
    const house = await open(t, { limits })
    const { db, scope, client, request, book } = house
    await colleague(house, 'alex', ['therapist'])
    await workLikeJessica(client, 'alex')
    await changeRules(client, 'couples', {
      therapists: 2,
      perWeek: 9,
      minutesPerDay: 600,
      family: 'two',
      demanding: true
    })
    await changeRules(client, 'individual', {
      perClientWeek: 2,
      first: ['consultation', 'individual'],
      gapAtPlace: 60,
      rest: 60
    })
    await client`update resources set care = '{"perDay": 5, "inRow": {"most": 2, "pause": 30}}' where slug = 'jessica'`
    const at = (day: string) => `2027-${day}T15:00:00Z`
    const nothing = Array(4).fill(null)
    const choices: [slug: string, more: object][] = [
      ['weekly', { start: at('02-09'), occurrences: 4, every: 14, place: 'video' }],
      ['weekly', { start: at('02-11'), occurrences: 'open', every: 7, together: true }],
      [
        'intensive-2-day',
        { start: '2027-03-01T14:00:00Z', occurrences: [...nothing, '2027-02-22T15:00:00Z', 'propose'], together: true }
      ],
      [
        'assessment',
        { start: at('02-10'), prefer: { days: ['thu'], from: '14:00' }, instalments: true, together: true }
      ],
      ['couples', { start: at('02-16'), together: true }]
    ]
    const offers = new Map<string, unknown>()
    for (const slug of ['individual', 'consultation', ...choices.map(([slug]) => slug)]) {
      offers.set(slug, await knownOffer(db, scope, slug))
      freeze(offers.get(slug))
    }
    for (const [slug, more] of choices) {
      const answer = await book({ sessionType: slug, ...more, person: { ...someone, email: `${slug}@example.com` } })
      t.equal(answer.statusCode, 201, answer.body)
    }
    const token = await house.signInPerson()
    const mine = { sessionType: 'individual', consent: { termsVersion: 1 } }
    t.match((await request('POST', '/api/bookings', { ...mine, start: at('02-17') }, token)).json(), {
      rule: 'first-comes-first'
    })
    const call = { ...mine, sessionType: 'consultation', start: at('02-15') }
    t.match((await request('POST', '/api/bookings', call, token)).json(), { state: 'held' })
    for (const [slug, offer] of offers) t.equal(await knownOffer(db, scope, slug), offer, slug)
  }
)

/** Whoever writes into it is refused with an error. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  Object.freeze(value)
  for (const part of Object.values(value)) freeze(part)
}
