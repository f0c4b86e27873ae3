import { DateTime } from 'luxon'
import t from 'tap'
import { workLikeJessica } from '../support/care.ts'
import { open, someone } from '../support/open.ts'
import { racing, rounds, sound, soundness } from '../support/race.ts'
import { colleague } from '../support/staff.ts'

type House = Awaited<ReturnType<typeof open>>
type Answer = Awaited<ReturnType<House['book']>>

const zone = 'America/New_York'
/** Nine in the morning there, as it is written on the wire. */
const nine = (day: string) =>
  DateTime.fromISO(`${day}T09:00`, { zone }).toUTC().toISO({ suppressMilliseconds: true }) ?? ''

let strangers = 0
/** An intensive for two strangers, begun at nine of that day. */
const ask = (house: House, days: 1 | 2 | 3, day: string, therapist: string) => {
  strangers += 1
  return house.book({
    sessionType: `intensive-${days}-day`,
    start: nine(day),
    therapist,
    together: true,
    person: { ...someone, email: `stranger-${strangers}@example.com` }
  })
}

/** The demo practice with these therapists beside Jessica, who all work whole days. */
async function openDays(t: Parameters<typeof open>[0], therapists: readonly string[]): Promise<House> {
  const house = await open(t, { most: 50, limits: { bookings: 10_000, holds: 1000, heldShare: 100 } })
  for (const slug of therapists) {
    await colleague(house, slug, ['therapist'])
    await workLikeJessica(house.client, slug)
  }
  await house.client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  // The demo's own dates have the room on days that are asked for here.
  await house.client`delete from occupancy`
  return house
}

t.test(
  'intensives of one, two and three days count as one: after two in a month a third of any length is none',
  async t => {
    const house = await openDays(t, ['alex'])
    const { request } = house
    const days = async (length: number, month: string, therapist: string): Promise<string[]> => {
      const query = `from=${month}-01&to=${month}-28&zone=${zone}&therapist=${therapist}`
      const answer = await request('GET', `/api/session-types/intensive-${length}-day/slots?${query}`)
      return answer.json().slots.map(({ start }: { start: string }) => start)
    }
    const wanted = nine('2027-04-19')
    t.ok((await days(3, '2027-04', 'alex')).includes(wanted), 'before, three days are offered')
    t.equal((await ask(house, 1, '2027-04-05', 'alex')).statusCode, 201)
    t.ok((await days(3, '2027-04', 'alex')).includes(wanted), 'one of one day leaves room for another')
    t.equal((await ask(house, 2, '2027-04-12', 'alex')).statusCode, 201)
    for (const length of [1, 2, 3] as const) {
      t.same(await days(length, '2027-04', 'alex'), [], `no more of ${length} in April`)
      const refused = await ask(house, length, '2027-04-19', 'alex')
      t.match(refused.json(), { status: 422, type: '/problems/not-offered' }, refused.body)
    }
    t.ok((await days(3, '2027-05', 'alex')).includes(nine('2027-05-10')), 'May is another month')
    t.ok((await days(3, '2027-04', 'jessica')).includes(wanted), 'and another therapist has two of their own')
  }
)

t.test(
  'the last intensive of a month, wanted by two at once for days and lengths that do not touch: one has it',
  async t => {
    const therapists = ['alex', 'blair', 'casey']
    const house = await openDays(t, therapists)
    const cases = [3, 4, 5, 6, 7].flatMap(month => therapists.map((therapist, at) => ({ month, therapist, week: at })))
    let met = 0
    for (const { month, therapist, week } of cases.slice(0, rounds)) {
      const first = DateTime.utc(2027, month, 1)
      const monday = first.plus({ days: ((8 - first.weekday) % 7) + 7 * week })
      const day = (after: number) => monday.plus({ days: after }).toFormat('yyyy-LL-dd')
      t.equal((await ask(house, 1, day(0), therapist)).statusCode, 201)
      const { outcomes, waiting } = await racing<Answer[]>(house, [
        () => ask(house, 2, day(1), therapist),
        () => ask(house, 1, day(4), therapist)
      ])
      t.same(outcomes.map(({ statusCode }) => statusCode).sort(), [201, 422], `${therapist}, ${day(0)}`)
      met += waiting > 0 ? 1 : 0
    }
    t.comment(`${Math.min(rounds, cases.length)} rounds, in ${met} of them somebody waited for somebody`)
    t.ok(met > 0, 'they really met')
    t.match(await soundness(house), sound)
  }
)
