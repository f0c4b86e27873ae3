import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { workLikeJessica } from '../support/care.ts'
import { openRetreat } from '../support/retreat.ts'
import { colleague } from '../support/staff.ts'

type House = Awaited<ReturnType<typeof openRetreat>>

const runs = process.env.SOAK ? 200 : 8
const seed = Number(process.env.SEED ?? 20270610)
t.setTimeout(process.env.SOAK ? 3_600_000 : 120_000)

/** What the world knows of one edition: written by hand from what is promised of seats and the line, without a rule of the house. */
interface World {
  now: DateTime
  start: DateTime
  max: number
  /** Who has a seat, and until when it is only held. */
  seats: Map<string, { id: string; token: string; until: DateTime | undefined }>
  line: Place[]
  people: number
  /** Who leads it with its therapist. */
  second: string | null
  /** How many seats were offered for a day at most. */
  late: number
  /** Somebody said that it does not take place. */
  over: boolean
}

interface Place {
  id: string
  word: string
  state: string
  until: DateTime | undefined
  /** When somebody asked, and whether the address is proven: else it is forgotten after three days. */
  asked: DateTime
  proven: boolean
  /** What the mail to it said where its page is. */
  token: string
}

const offered = ({ line }: World) => line.filter(({ state }) => state === 'offered')
const waiting = ({ line }: World) => line.filter(({ state, proven }) => state === 'waiting' && proven)
const unproven = ({ line }: World) => line.filter(({ state, proven }) => state === 'waiting' && !proven)
const provenIn = ({ line }: World) => line.filter(({ proven }) => proven)
const free = (world: World) => world.max - world.seats.size - offered(world).length

/** What follows by itself: holds and offers end in time, and each free seat is kept for the first who waits. */
function follow(world: World): void {
  if (world.over) {
    world.seats.clear()
    world.line = provenIn(world)
    for (const place of [...waiting(world), ...offered(world)])
      Object.assign(place, { state: 'lapsed', until: undefined })
    return
  }
  for (const [word, { until }] of world.seats) if (until && until <= world.now) world.seats.delete(word)
  world.line = world.line.filter(({ proven, asked }) => proven || asked.plus({ days: 3 }) >= world.now)
  for (const place of offered(world))
    if (place.until && place.until <= world.now) Object.assign(place, { state: 'lapsed', until: undefined })
  while (free(world) > 0 && waiting(world).length > 0) {
    const [first] = waiting(world)
    const near = world.start <= world.now.plus({ days: 14 })
    const until = DateTime.min(world.now.plus({ hours: near ? 24 : 48 }), world.start)
    if (near) world.late += 1
    Object.assign(first ?? {}, { state: 'offered', until })
  }
}

/** Whatever happened: the house is as the world, no seat is sold twice, and nobody was passed over. */
async function compare({ client, edition, line, publicState }: House, world: World): Promise<void> {
  follow(world)
  const [row] = await client<{ taken: number; kept: number; max: number }[]>`
    select (select count(*)::int from bookings where edition_id = e.id and state not in ('declined', 'expired', 'cancelled')) as taken,
      (select count(*)::int from offers o join waitlist_entries w on w.id = o.entry_id where w.edition_id = e.id and o.state = 'open') as kept,
      max from editions e where id = ${edition}`
  const found = { taken: row?.taken, kept: row?.kept, line: (await line()).map(({ state }) => state) }
  const wanted = {
    taken: world.seats.size,
    kept: offered(world).length,
    line: provenIn(world).map(({ state }) => state)
  }
  if (JSON.stringify(found) !== JSON.stringify(wanted))
    throw new Error(`It is ${JSON.stringify(found)} and should be ${JSON.stringify(wanted)}`)
  if ((row?.taken ?? 0) + (row?.kept ?? 0) > (row?.max ?? 0)) throw new Error('More seats than there are')
  const [lead] = await client<{ both: number; of: number; second: string | null }[]>`
    select count(*) filter (where o.resource_id = e.second_therapist_id)::int as both,
      count(*) filter (where o.resource_id = e.therapist_id)::int as of, r.slug as second
    from editions e left join resources r on r.id = e.second_therapist_id left join appointments a on a.edition_id = e.id
      left join occupancy o on o.appointment_id = a.id where e.id = ${edition} group by r.slug`
  const taken = world.over ? 0 : 7
  if (lead?.second !== world.second || lead.of !== taken || lead.both !== (world.second ? taken : 0))
    throw new Error(`Led by ${JSON.stringify(lead)}, and should be with ${world.second}`)
  const [other] = await client<
    { count: number }[]
  >`select count(*)::int from bookings b join editions e on e.id = b.edition_id
    where e.id = ${edition} and b.state in ('held', 'confirmed') and b.second_therapist_id is distinct from e.second_therapist_id`
  if (other?.count) throw new Error('A couple comes to others than those who lead it')
  const isOpen = free(world) > 0 && waiting(world).length === 0 && world.start >= world.now.plus({ days: 30 })
  const said = await publicState()
  if (world.over) {
    if (said !== undefined) throw new Error('It is still offered')
  } else if (world.now < world.start && said !== (isOpen ? 'open' : 'waitlist')) throw new Error(`It says ${said}`)
}

abstract class Step implements fc.AsyncCommand<World, House> {
  readonly pick: number
  constructor(pick: number) {
    this.pick = pick
  }
  abstract isMeant(world: World): boolean
  abstract act(world: World, house: House): Promise<void>
  check = (world: Readonly<World>) => !world.over && world.now < world.start.minus({ days: 2 }) && this.isMeant(world)
  async run(world: World, house: House): Promise<void> {
    await this.act(world, house)
    await house.work()
    await compare(house, world)
  }
  of<T>(all: readonly T[]): T {
    const one = all[this.pick % all.length]
    if (one === undefined) throw new Error('There is none to pick')
    return one
  }
  toString = () => `${this.constructor.name}(${this.pick})`
}

class Book extends Step {
  isMeant = () => true
  async act(world: World, house: House): Promise<void> {
    const word = `p${world.people++}`
    const isSold = free(world) > 0 && waiting(world).length === 0 && world.start >= world.now.plus({ days: 30 })
    const answer = await house.seat(word)
    const wanted = world.start < world.now.plus({ days: 30 }) ? 422 : isSold ? 201 : 409
    if (answer.statusCode !== wanted) throw new Error(`${answer.statusCode} instead of ${wanted}: ${answer.body}`)
    if (!isSold) return
    const { id, token } = answer.json()
    const isPaid = this.pick % 3 > 0
    if (isPaid) await house.pay(id)
    world.seats.set(word, { id, token, until: isPaid ? undefined : world.now.plus({ minutes: 35 }) })
  }
}

class Wait extends Step {
  isMeant = () => true
  async act(world: World, house: House): Promise<void> {
    const isAgain = this.pick % 4 === 0 && (waiting(world).length > 0 || offered(world).length > 0)
    const word = isAgain ? this.of([...waiting(world), ...offered(world)]).word : `p${world.people++}`
    const answer = await house.wait(word)
    if (answer.statusCode !== 202) throw new Error(answer.body)
    if (!isAgain) world.line.push(await placeOf(world, house, word, true))
  }
}

class Ask extends Step {
  isMeant = () => true
  async act(world: World, house: House): Promise<void> {
    const word = `p${world.people++}`
    const answer = await house.ask(word)
    if (answer.statusCode !== 202) throw new Error(answer.body)
    world.line.push(await placeOf(world, house, word, false))
  }
}

class Prove extends Step {
  isMeant = (world: World) => unproven(world).length > 0
  async act(world: World, house: House): Promise<void> {
    const place = this.of(unproven(world))
    const answer = await house.confirm(place.word)
    if (answer.statusCode !== 204) throw new Error(answer.body)
    place.proven = true
  }
}

async function placeOf({ now }: World, house: House, word: string, proven: boolean): Promise<Place> {
  const [last] = await house.client<{ id: string }[]>`
    select id from waitlist_entries where edition_id = ${house.edition} order by position desc limit 1`
  return {
    id: last?.id ?? '',
    word,
    state: 'waiting',
    until: undefined,
    asked: now,
    proven,
    token: house.lineToken(word)
  }
}

class Cancel extends Step {
  isMeant = ({ seats }: World) => [...seats.values()].some(({ until }) => until === undefined)
  async act(world: World, house: House): Promise<void> {
    const [word, booking] = this.of([...world.seats].filter(([, { until }]) => until === undefined))
    const answer = await house.cancel({ id: booking.id, token: await house.openedBy(booking.id) })
    if (answer.statusCode !== 200) throw new Error(answer.body)
    world.seats.delete(word)
  }
}

class Accept extends Step {
  isMeant = (world: World) => world.line.length > 0
  async act(world: World, house: House): Promise<void> {
    const place = this.of(this.pick % 5 && offered(world).length > 0 ? offered(world) : world.line)
    const answer = await house.accept(place.token)
    const wanted = place.state === 'offered' ? 201 : 409
    if (answer.statusCode !== wanted) throw new Error(`${answer.statusCode} instead of ${wanted}: ${answer.body}`)
    if (wanted === 409) return
    const { id, token } = answer.json()
    const isPaid = this.pick % 3 > 0
    if (isPaid) await house.pay(id)
    Object.assign(place, { state: 'accepted', until: undefined })
    world.seats.set(place.word, { id, token, until: isPaid ? undefined : world.now.plus({ minutes: 35 }) })
  }
}

class Leave extends Step {
  isMeant = (world: World) => waiting(world).length + offered(world).length + unproven(world).length > 0
  async act(world: World, house: House): Promise<void> {
    const place = this.of([...waiting(world), ...offered(world), ...unproven(world)])
    const answer = await house.request('POST', `/api/waitlist-entries/${place.token}/leaving`)
    if (answer.statusCode !== 204) throw new Error(answer.body)
    Object.assign(place, { state: 'left', until: undefined })
  }
}

/** A seat goes to a couple that the practice knows: past the others, for staff alone. */
class Transfer extends Step {
  isMeant = (world: World) =>
    [...world.seats.values()].some(({ until }) => until === undefined) &&
    waiting(world).length + unproven(world).length > 0
  async act(world: World, house: House): Promise<void> {
    const place = this.of([...waiting(world), ...unproven(world)])
    const [word, booking] = this.of([...world.seats].filter(([, { until }]) => until === undefined))
    const staff = await house.signIn()
    const known = await house.request('POST', `/api/waitlist-entries/${place.id}/approval`, undefined, staff)
    if (known.statusCode !== 204) throw new Error(known.body)
    place.proven = true
    follow(world)
    if (place.state !== 'waiting') return
    const wish = { entry: place.id, by: 'client', reason: 'They asked us to' }
    const answer = await house.request('POST', `/api/bookings/${booking.id}/seat-transfer`, wish, staff)
    if (answer.statusCode !== 204) throw new Error(answer.body)
    world.seats.delete(word)
    world.line = [place, ...world.line.filter(one => one !== place)]
  }
}

class Lead extends Step {
  isMeant = () => true
  async act(world: World, house: House): Promise<void> {
    const second = world.second ? null : 'alex'
    const change = { with: second, ...(this.pick % 2 && { decision: 'go' }) }
    const answer = await house.request('PATCH', `/api/editions/${house.edition}`, change, await house.signIn())
    if (answer.statusCode !== 200) throw new Error(answer.body)
    world.second = second
  }
}

class GiveUp extends Step {
  isMeant = () => this.pick % 3 === 0
  async act(world: World, house: House): Promise<void> {
    const change = { decision: 'no_go' }
    const answer = await house.request('PATCH', `/api/editions/${house.edition}`, change, await house.signIn())
    if (answer.statusCode !== 200) throw new Error(answer.body)
    world.over = true
  }
}

class Pass extends Step {
  isMeant = () => true
  async act(world: World, house: House): Promise<void> {
    const hours = this.of([0.5, 1, 24, 47, 48, 48, 73, 24 * 9])
    house.clock.move({ minutes: hours * 60 })
    world.now = world.now.plus({ minutes: hours * 60 })
    await house.minute()
  }
}

class Resize extends Step {
  isMeant = () => true
  async act(world: World, house: House): Promise<void> {
    const max = this.of([1, 2, 3, 4])
    const isLess = max < world.seats.size + offered(world).length
    const answer = await house.request('PATCH', `/api/editions/${house.edition}`, { max }, await house.signIn())
    if (answer.statusCode !== (isLess ? 409 : 200)) throw new Error(`${answer.statusCode}: ${answer.body}`)
    if (!isLess) world.max = max
  }
}

t.test('seats and line, whatever happens: never too many, in order, and nobody is skipped', async t => {
  t.comment(`seed ${seed}, ${runs} runs`)
  const pick = fc.nat(30)
  const steps = [
    Book,
    Book,
    Wait,
    Wait,
    Ask,
    Prove,
    Prove,
    Cancel,
    Cancel,
    Accept,
    Accept,
    Leave,
    Transfer,
    Lead,
    Pass,
    Resize,
    GiveUp
  ].map(Kind => pick.map(number => new Kind(number)))
  let taken = 0
  let late = 0
  const samples = fc.sample(fc.commands(steps, { maxCommands: 30, size: 'max' }), { seed, numRuns: runs })
  for (const [index, commands] of samples.entries())
    await t.test(`run ${index}`, async t => {
      const house = await openRetreat(t, { max: 2 })
      await colleague(house, 'alex', ['therapist'])
      await workLikeJessica(house.client, 'alex')
      const world: World = {
        now: house.clock.now(),
        start: DateTime.fromISO('2027-06-10T13:00:00Z', { zone: 'utc' }),
        max: 2,
        seats: new Map(),
        line: [],
        people: 0,
        late: 0,
        second: null,
        over: false
      }
      // Every other life begins so near that a seat is offered for a day, or until the first block.
      if (index % 2 === 1) {
        world.now = world.start.minus({ days: 3 + ((index * 5) % 13) })
        house.clock.set(world.now.toISO() ?? '')
        await house.minute()
      }
      const outcome = await fc.asyncModelRun(() => ({ model: world, real: house }), commands).catch(String)
      t.equal(outcome, undefined, String(commands))
      taken += world.line.filter(({ state }) => state === 'accepted').length
      late += world.late
    })
  t.ok(taken > 0, `${taken} seats were taken from the line`)
  t.ok(late > 0, `${late} were offered in the last fourteen days`)
})
