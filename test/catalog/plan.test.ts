import t from 'tap'
import { fits, lay, occupied } from '../../src/catalog/lay.ts'
import { Plan } from '../../src/catalog/plan.ts'

const zone = 'America/New_York'
const at = (text: string) => Date.parse(text)
const text = (ms: number) => new Date(ms).toISOString().slice(0, 16)
const weekly = Plan.parse({
  anchor: 'start',
  dayExclusive: false,
  segments: [0, 7, 14].map(day => ({ minutes: 80, who: 'both', day }))
})
const twoDays = Plan.parse({
  anchor: 'day',
  dayExclusive: true,
  segments: [0, 1].flatMap(day => ['09:00', '13:30'].map(hour => ({ minutes: 180, who: 'both', day, at: hour })))
})

t.test('a series keeps its local hour across a change of the clock', async t => {
  t.same(
    lay(weekly, at('2027-03-02T15:00Z'), zone)?.map(({ start }) => text(start)),
    ['2027-03-02T15:00', '2027-03-09T15:00', '2027-03-16T14:00']
  )
})

t.test('a plan one of whose hours does not exist cannot be laid', async t => {
  const nights = Plan.parse({
    anchor: 'start',
    dayExclusive: false,
    segments: [
      { minutes: 50, who: 'first', day: 0 },
      { minutes: 50, who: 'first', day: 7 }
    ]
  })
  t.equal(lay(nights, at('2027-03-07T07:30Z'), zone), undefined, '02:30 on 14 March 2027 is in the gap')
  t.equal(lay(nights, at('2027-03-07T08:30Z'), zone)?.length, 2)
})

t.test('a repeated hour counts by its real length', async t => {
  const one = Plan.parse({ anchor: 'start', dayExclusive: false, segments: [{ minutes: 120, who: 'first', day: 0 }] })
  const [laid] = lay(one, at('2027-11-07T05:30Z'), zone) ?? []
  t.equal(text(laid?.end ?? 0), '2027-11-07T07:30', 'from 01:30 summer time to 02:30 winter time')
})

t.test('buffers widen each segment; exclusive days are taken whole and tiled without a gap or an overlap', async t => {
  const [first] = lay(weekly, at('2027-03-02T15:00Z'), zone) ?? []
  t.same(
    occupied(weekly, first ? [first] : [], { before: 10, after: 15 }, zone).map(({ start, end }) => [
      text(start),
      text(end)
    ]),
    [['2027-03-02T14:50', '2027-03-02T16:35']]
  )
  const laid = lay(twoDays, at('2027-03-13T14:00Z'), zone) ?? []
  const taken = occupied(twoDays, laid, { before: 30, after: 60 }, zone)
  t.same(text(taken[0]?.start ?? 0), '2027-03-13T05:00', 'from the first midnight')
  t.same(text(taken.at(-1)?.end ?? 0), '2027-03-15T04:00', 'to the last, an hour earlier after the change')
  for (const [index, { start, end }] of taken.entries()) {
    t.ok(start < end)
    if (index > 0) t.equal(start, taken[index - 1]?.end)
  }
})

t.test('what does not lie whole in a free stretch is named', async t => {
  const interval = (start: number, end: number) => ({ start, end })
  t.same(fits([interval(0, 10), interval(10, 20), interval(15, 25)], [interval(0, 20)]), [2])
})

t.test('a plan that cannot be meant is refused with what would be right', async t => {
  const refused = (plan: object) =>
    Plan.safeParse({ dayExclusive: false, ...plan })
      .error?.issues.map(({ message }) => message)
      .join(' ')
  const segment = { minutes: 50, who: 'both', day: 0 }
  t.match(refused({ anchor: 'day', segments: [segment] }), /gives each block its hour/)
  t.match(refused({ anchor: 'start', segments: [{ ...segment, at: '09:00' }] }), /no blocks with hours/)
  t.match(refused({ anchor: 'start', segments: [{ ...segment, day: 3 }] }), /first segment lies on day 0/)
  t.match(refused({ anchor: 'start', segments: [segment, segment] }), /do not overlap/)
  t.match(refused({ anchor: 'start', segments: [segment, { ...segment, after: { min: 9, max: 2 } }] }), /smallest gap/)
  t.ok(refused({ anchor: 'start', segments: [] }))
})

t.test('steps beside what belongs together have a window, and stand in order behind it', async t => {
  const block = { minutes: 180, who: 'both', day: 0, at: '09:00' }
  const before = { minutes: 50, who: 'first', day: 0, before: { hours: 48, days: 42 }, optional: true, price: 25_000 }
  const after = { minutes: 80, who: 'both', day: 0, after: { min: 28, max: 56 } }
  const refused = (segments: object[], more: object = {}) =>
    Plan.safeParse({ anchor: 'day', dayExclusive: true, segments, ...more })
      .error?.issues.map(({ message }) => message)
      .join(' ')
  t.notOk(refused([block, before, after]))
  t.match(refused([before, block]), /first segment lies on day 0/)
  t.match(refused([block, before, { ...block, day: 1 }]), /Steps stand after what belongs together/)
  t.match(refused([block, after, before]), /stand ahead of those after the last/)
  t.match(refused([block, { ...before, after: after.after }]), /before or after/)
  t.match(refused([block, { ...before, before: { hours: 48, days: 1 } }]), /must lie within the days/)
  t.match(refused([block, { ...after, price: 100 }]), /not optional is in the price/)
  t.match(refused([block, { ...before, at: '09:00' }]), /no hour and no day of its own/)
  t.match(refused([{ ...block, optional: true }]), /Only a step beside/)
  const alone = { minutes: 50, who: 'both', day: 0 }
  t.match(refused([alone, before], { anchor: 'start', apart: true }), /no step lies before it/)
  t.match(refused([block, before], { anchor: 'edition' }), /no steps of their own/)
})
