import t from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { open, someone } from '../support/open.ts'
import { racing, rounds, sound, soundness } from '../support/race.ts'
import { colleague } from '../support/staff.ts'

type House = Awaited<ReturnType<typeof open>>
type Answer = Awaited<ReturnType<House['book']>>

const days = ['02-09', '02-10', '02-11', '02-16', '02-17', '02-18', '02-22', '02-23', '02-24', '02-25']
const at = (round: number, hour: number) => `2027-${days[round % days.length]}T${hour}:00:00Z`
let strangers = 0
const stranger = () => {
  strangers += 1
  return { ...someone, email: `stranger-${strangers}@example.com` }
}
const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode).sort()

/** The demo practice with three therapists. */
async function openThree(t: Parameters<typeof open>[0]): Promise<House> {
  const house = await open(t, { most: 50, limits: { holds: 1000, heldShare: 100 } })
  for (const slug of ['alex', 'blair']) {
    await colleague(house, slug, ['therapist'])
    await workLikeJessica(house.client, slug)
  }
  return house
}

/** Runs the rounds of one race; what was met is printed, and nothing may be lost or sold twice. */
async function race(t: Parameters<typeof open>[0], house: House, round: (round: number) => Promise<number>) {
  let met = 0
  const most = Math.min(rounds, days.length)
  for (let run = 0; run < most; run++) met += (await round(run)) > 0 ? 1 : 0
  t.match(await soundness(house), sound)
  t.comment(`${most} rounds, in ${met} of them somebody waited for somebody`)
  t.ok(met > 0, 'they really met')
}

t.test(
  'two therapists crosswise, A with B against B with A: one pair has the time, and nobody is locked for ever',
  async t => {
    const house = await openThree(t)
    await changeRules(house.client, 'couples', { therapists: 2 })
    await race(t, house, async round => {
      const start = at(round, 15)
      const ask = (therapist: string, place: string) => () =>
        house.book({ start, therapist, place, person: stranger() })
      const rivals = [ask('alex', 'office'), ask('blair', 'video'), ask('blair', 'office'), ask('alex', 'video')]
      const { outcomes, waiting } = await racing<Answer[]>(house, [...rivals, ask('jessica', 'video')])
      t.same(codes(outcomes), [201, 409, 409, 409, 409], 'of three therapists two are taken, and one is left')
      return waiting
    })
  }
)

t.test('a pair against its two alone: who comes first has the therapist, and no pair is half', async t => {
  const house = await openThree(t)
  await changeRules(house.client, 'couples', { therapists: 2 })
  await race(t, house, async round => {
    const single = (therapist: string, hour: number) => () =>
      house.book({
        sessionType: 'individual',
        start: at(round, hour),
        therapist,
        place: 'video',
        person: stranger()
      })
    const pair = () => house.book({ start: at(round, 15), therapist: 'blair', place: 'video', person: stranger() })
    const { outcomes, waiting } = await racing<Answer[]>(house, [
      pair,
      single('blair', 15),
      single('alex', 15),
      single('jessica', 15)
    ])
    const [both, ...alone] = outcomes
    const sold = alone.filter(({ statusCode }) => statusCode === 201).length
    t.equal(sold, both?.statusCode === 201 ? 1 : 3, 'of the three, two together or all alone')
    return waiting
  })
})

t.test('anybody of three: three rivals have one therapist each, and the fourth is told so', async t => {
  const house = await openThree(t)
  await race(t, house, async round => {
    const rival = () =>
      house.book({ sessionType: 'individual', start: at(round, 15), place: 'video', person: stranger() })
    const { outcomes, waiting } = await racing<Answer[]>(house, Array(4).fill(rival))
    t.same(codes(outcomes), [201, 201, 201, 409])
    const had = outcomes.flatMap(answer => (answer.statusCode === 201 ? [answer.json().appointments[0].therapist] : []))
    t.same(had.sort(), ['alex', 'blair', 'jessica'])
    return waiting
  })
})

t.test('the last of a day, wanted by two at once at hours that do not touch: one has it', async t => {
  const house = await openThree(t)
  await changeRules(house.client, 'individual', { perDay: 2 })
  await race(t, house, async round => {
    const ask = (hour: number) => () =>
      house.book({ sessionType: 'individual', start: at(round, hour), therapist: 'alex', person: stranger() })
    t.equal((await ask(14)()).statusCode, 201)
    const { outcomes, waiting } = await racing<Answer[]>(house, [ask(16), ask(19), ask(21)])
    t.same(codes(outcomes), [201, 422, 422])
    const [row] = await house.client<{ count: number }[]>`
      select count(*)::int as count from bookings b join appointments a on a.booking_id = b.id
      where a.starts_at::date = ${at(round, 15)}::timestamptz::date and b.state = 'held'`
    t.equal(row?.count, 2)
    return waiting
  })
})

t.test('the last demanding one in a row, wanted from both sides at once: one has it', async t => {
  const house = await openThree(t)
  await changeRules(house.client, 'individual', { demanding: true })
  await house.client`update resources set care = '{"inRow": {"most": 2, "pause": 60}}' where slug = 'blair'`
  await race(t, house, async round => {
    const ask = (hour: number) => () =>
      house.book({ sessionType: 'individual', start: at(round, hour), therapist: 'blair', person: stranger() })
    t.equal((await ask(20)()).statusCode, 201)
    const { outcomes, waiting } = await racing<Answer[]>(house, [ask(19), ask(21)])
    t.same(codes(outcomes), [201, 422])
    return waiting
  })
})
