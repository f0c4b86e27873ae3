import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { type Choice, offeringsFor } from '../../src/availability/choose.ts'
import { knownWindow } from '../../src/availability/known-store.ts'
import { reachOf } from '../../src/availability/known-window.ts'
import { readOffer } from '../../src/availability/offer-store.ts'
import { type Loaded, loadWindow } from '../../src/availability/window-store.ts'
import { makeBusy } from '../support/busy-practice.ts'
import { changePlan, changeRules } from '../support/care.ts'
import { open } from '../support/open.ts'

type House = Awaited<ReturnType<typeof open>>

/** With something else that is asked beside it, by a value of its own. */
const ask = knownWindow<string, 'word'>(['word'], ({ word }) => sql`to_json(${word}::text)`)

/** Before anything, on an ordinary day, over a change of clocks, past a whole second, and far behind everything. */
const starts = [
  '2026-12-31T23:30:00Z',
  '2027-02-16T15:00:00Z',
  '2027-03-14T07:00:00Z',
  '2027-05-11T13:30:00.123Z',
  '2029-01-01T00:00:00Z'
].map(Date.parse)
/** One beside all that a type has, for each start. */
const choices: Pick<Choice, 'therapist' | 'place'>[] = [
  { therapist: 'jessica' },
  { therapist: 'kim', place: 'video' },
  { place: 'attic' },
  { therapist: 'alex', place: 'office' },
  { therapist: 'nobody' }
]

t.test(
  'what is known of an offer, with the hours and what is taken read anew, is what one question answers',
  async t => {
    const house = await open(t)
    const { client } = house
    await compare(t, house, 'the demo practice')

    await makeBusy(house, 27)
    // One begins where the window of a single session ends, to the millisecond.
    for (const start of starts)
      await client`
      insert into time_off (practice_id, id, resource_id, during, created_at)
      select practice_id, gen_random_uuid(), id, tstzrange(${at(start, 5)}::timestamptz, ${at(start, 6)}::timestamptz), ${at(start, 0)}
      from resources where slug = 'jessica'`
    const busy = await compare(t, house, 'three therapists, two rooms, eight months full')
    t.ok(busy.hours && busy.exceptions && busy.travels && busy.busy > 1000 && busy.sold > 100, JSON.stringify(busy))

    await client`update resources set care = '{"perDay": 4}' where slug = 'jessica'`
    const cared = await compare(t, house, 'one therapist has care')
    t.ok(cared.sold > busy.sold, 'and of types without a rule, too')
    await client`update resources set care = '{"perWeek": 9, "inRow": {"most": 20, "pause": 1440}}' where slug = 'kim'`
    const rows = await compare(t, house, 'a row that reaches further than a month')
    t.ok(rows.sold > cared.sold, 'and more of what is sold is looked at')
    await client`update resources set care = null`

    await changeRules(client, 'individual', { perMonth: 3, family: 'short' })
    await changeRules(client, 'couples', { therapists: 2, minutesPerWeek: 600, family: 'short' })
    await changeRules(client, 'weekly', { therapists: 2, demanding: true })
    await changeRules(client, 'assessment', { perWeek: 3, demanding: true })
    await changeRules(client, 'retreat', { family: 'short' })
    const ruled = await compare(t, house, 'rules of types, and two together')
    await changeRules(client, 'consultation', { rest: 600 })
    const rested = await compare(t, house, 'one type asks for rest, which all look at')
    t.ok(rested.sold > ruled.sold, 'and of every type what is sold is looked at')

    await changePlan(client, 'individual', {
      segments: [
        { minutes: 50, who: 'first', day: 0 },
        { minutes: 50, who: 'first', day: 3 },
        { minutes: 20, who: 'first', day: 0, before: { hours: 24, days: 60 }, optional: true, price: 0 },
        { minutes: 20, who: 'first', day: 0, after: { min: 40, max: 90 }, price: 0 }
      ]
    })
    await compare(t, house, 'a plan over days with steps far around')
    await client`update session_types set public = false where slug in ('couples', 'weekly')`
    await compare(t, house, 'types that are withdrawn')
  }
)

const at = (start: number, days: number) => new Date(start + days * 86_400_000).toISOString()

/** Of every type, start and choice. @returns how many rows of each kind there were */
async function compare(t: Test, { db, scope, client }: House, what: string) {
  const counts = { hours: 0, exceptions: 0, travels: 0, busy: 0, sold: 0 }
  const types = await client<
    { slug: string; public: boolean }[]
  >`select slug, public from session_types order by position`
  const wrong: string[] = []
  for (const { slug, public: isPublic } of types) {
    const offer = await readOffer(db, scope, slug)
    if (!offer) throw new Error(`There is no ${slug}`)
    for (const [turn, start] of starts.entries())
      for (const { therapist, place } of [{}, choices[turn] ?? {}]) {
        const whole = await loadWindow(db, scope, { slug, from: start, to: start + 1, therapist, place, beside: true })
        // Of one that is withdrawn nobody is told more than that: whoever knows the offer refuses.
        if (!isPublic && whole.type === null && !offer.type.public) continue
        const offerings = offeringsFor(offer, { slug, start, therapist, place })
        const { mark, loaded, beside } = await ask(db, scope, offer, { start, offerings }, { word: slug })
        // What a session that stands alone cannot meet is not asked for.
        const { from, to } = reachOf(offer, { start, offerings }).taken
        const busy = whole.busy.filter(([, begins, ends]) => begins < to && ends > from)
        if (mark !== offer.mark || beside !== slug || !isSame(plain(loaded), plain({ ...whole, busy })))
          wrong.push(`${slug} ${new Date(start).toISOString()} ${therapist} ${place}`)
        for (const kind of ['hours', 'exceptions', 'travels', 'busy', 'sold'] as const)
          counts[kind] += whole[kind].length
      }
  }
  t.same(wrong, [], what)
  return counts
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Without the revision, which only lists of slots look at; rows of one instant stand in no order. */
function plain({ revision: _, type, offerings, hours, ...rows }: Loaded) {
  const inOrder = (list: unknown[]) => list.map(row => JSON.stringify(row)).sort()
  const { exceptions, travels, busy, sold } = rows
  return { type, offerings, hours, rows: [exceptions, travels, busy, sold].map(inOrder) }
}
