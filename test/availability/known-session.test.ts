import { sql } from 'drizzle-orm'
import t from 'tap'
import { choose, chooseKnown, offeringsFor } from '../../src/availability/choose.ts'
import { knownWindow } from '../../src/availability/known-store.ts'
import { readOffer } from '../../src/availability/offer-store.ts'
import { makeBusy } from '../support/busy-practice.ts'
import { changePlan, changeRules } from '../support/care.ts'
import { open } from '../support/open.ts'

const ask = knownWindow<null, never>([], () => sql`null::text`)
const alone = {
  anchor: 'start',
  dayExclusive: false,
  apart: false,
  segments: [{ minutes: 50, who: 'first', day: 0 } as object]
}
const [hour] = alone.segments
const days = (count: number) => count * 86_400_000

/** What there is to be known around a start: how far its buffers reach, and how else a plan of one appointment can lie. */
const kinds: Record<string, { rules?: object; plan?: object; away?: number; quarters?: number }> = {
  'without buffers': {},
  'with buffers': { rules: { before: 15, after: 45 } },
  'a day after all others': { rules: { before: 1440 } },
  'a day before all others': { rules: { after: 1440 } },
  'its whole day': { plan: { dayExclusive: true }, quarters: 3 },
  'two days later, as is wished': { plan: { apart: true }, away: days(2), quarters: 3 },
  'again three days later': { plan: { segments: [hour, { ...hour, day: 3 }] }, quarters: 3 },
  'a step beside it': {
    plan: { segments: [hour, { ...hour, before: { hours: 24, days: 3 }, optional: true, price: 0 }] },
    quarters: 6
  },
  // The last one: its rule stays.
  'with two therapists': { rules: { before: 15, therapists: 2 }, quarters: 3 }
}

t.test('a session is as free or taken as all that is known of those days makes it, however it lies there', async t => {
  const house = await open(t)
  const { client, db, scope } = house
  await makeBusy(house, 27)
  await client`update opening_hours set from_minute = 0, to_minute = 1440, days = array[1,2,3,4,5,6,7], valid_from = null, valid_to = null`
  const now = Date.parse('2027-02-01T12:00:00Z')
  for (const [what, { rules, plan, away, quarters = 1 }] of Object.entries(kinds)) {
    await changeRules(client, 'individual', { before: 0, after: 0, grid: 15, ...rules })
    await changePlan(client, 'individual', { ...alone, ...plan })
    const offer = await readOffer(db, scope, 'individual')
    if (!offer) throw new Error('There is no individual')
    const wrong: string[] = []
    const seen = new Set<string>()
    // Two days and the day on which the clocks change.
    for (const day of ['2027-02-16', '2027-02-17', '2027-03-14'])
      for (let quarter = 0; quarter < 96; quarter += quarters) {
        const start = Date.parse(`${day}T00:00:00Z`) + quarter * 900_000
        const therapist = (quarter / quarters) % 3 ? 'jessica' : undefined
        const choice = { slug: 'individual', start, therapist, ...(away && { wishes: [start + away] }) }
        const asked = { start, offerings: offeringsFor(offer, choice) }
        const known = chooseKnown(offer, await ask(db, scope, offer, asked, {}), choice, now)
        const whole = await choose(db, scope, choice, now)
        const said = [known, whole].map(({ verdict, offering, laid, open }) => ({ verdict, offering, laid, open }))
        seen.add(known.verdict)
        if (JSON.stringify(said[0]) !== JSON.stringify(said[1])) wrong.push(new Date(start).toISOString())
      }
    t.same(wrong, [], what)
    t.ok(seen.has('free') && seen.has('taken'), `${what}: ${[...seen].join()}`)
  }
})
