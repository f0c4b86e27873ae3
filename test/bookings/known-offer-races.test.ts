import t from 'tap'
import { knownOffer } from '../../src/availability/known-offer.ts'
import { workLikeJessica } from '../support/care.ts'
import { renew } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'
import { colleague } from '../support/staff.ts'

type House = Awaited<ReturnType<typeof openKnown>>

/** A house in which what is offered is known already. */
async function openKnown(t: Parameters<typeof open>[0]) {
  const house = await open(t, { most: 10, limits: { bookings: 10_000, heldShare: 100 } })
  let word = 0
  const hold = (start: string, more: object = {}) => {
    word += 1
    return house.book({
      sessionType: 'individual',
      start,
      person: { ...someone, email: `word-${word}@example.com` },
      ...more
    })
  }
  const first = await hold('2027-02-08T15:00:00Z', { place: 'video' })
  t.match(first.json(), { price: { amount: 25_000 } }, first.body)
  return { ...house, hold }
}

/** Lets bookings begin, and commits a change when all of them wait for their therapist, with what they know in hand. */
async function meanwhile<Answer>(
  { client }: Pick<House, 'client'>,
  rivals: readonly (() => Promise<Answer>)[],
  change: () => Promise<unknown>
): Promise<Answer[]> {
  const { running } = await client.begin(async barrier => {
    await barrier`select pg_advisory_xact_lock(hashtextextended(practice_id::text || id::text, 0)) from resources order by id`
    const running = Promise.all(rivals.map(rival => rival()))
    for (let waiting = 0, looks = 0; waiting < rivals.length; looks += 1) {
      if (looks > 5000) throw new Error(`${waiting} of ${rivals.length} came so far that they wait`)
      const [row] = await barrier<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_locks join pg_database on pg_database.oid = database
        where datname = current_database() and locktype = 'advisory' and not granted`
      waiting = row?.waiting ?? 0
    }
    await change()
    return { running }
  })
  return running
}

/** What there is of all that a booking writes. */
const written = async ({ client }: House) =>
  (
    await client`
      select (select count(*)::int from bookings) as bookings, (select count(*)::int from people) as people,
        (select count(*)::int from clients) as clients, (select count(*)::int from appointments where booking_id is not null) as appointments,
        (select count(*)::int from dues) as dues, (select count(*)::int from attempts) as attempts,
        (select count(*)::int from links) as links, (select count(*)::int from consents) as consents`
  )[0]

t.test('what was dearer when its turn came is sold at the new price, once', async t => {
  const house = await openKnown(t)
  const before = await written(house)
  const start = '2027-02-09T15:00:00Z'
  const rivals = Array.from({ length: 4 }, () => () => house.hold(start))
  const answers = await meanwhile(house, rivals, () => renew(house, 'individual', '{"price": 30000}'))
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [201, 409, 409, 409])
  const won = answers.find(({ statusCode }) => statusCode === 201)?.json()
  t.match(won, { price: { amount: 30_000 }, dues: [{ amount: { amount: 30_000 } }] })
  t.match(await house.client`select version from bookings where id = ${won.id}`, [{ version: 2 }])
  const one = Object.fromEntries(Object.entries(before ?? {}).map(([what, count]) => [what, count + 1]))
  t.same(await written(house), one, 'one more of everything')
  t.match(await soundness(house), sound)
  t.match((await house.hold('2027-02-10T15:00:00Z')).json(), { price: { amount: 30_000 } })
  t.match(await knownOffer(house.db, house.scope, 'individual'), { type: { version: 2 } })
})

t.test('two who want different times both have the new price', async t => {
  const house = await openKnown(t)
  const starts = ['2027-02-09T15:00:00Z', '2027-02-10T15:00:00Z']
  const rivals = starts.map(start => () => house.hold(start))
  const answers = await meanwhile(house, rivals, () => renew(house, 'individual', '{"price": 30000}'))
  for (const answer of answers) t.match(answer.json(), { state: 'held', price: { amount: 30_000 } }, answer.body)
  t.match(await soundness(house), sound)
})

t.test('what was withdrawn when its turn came is not sold, and nothing is left of who wanted it', async t => {
  const house = await openKnown(t)
  const before = await written(house)
  const starts = ['2027-02-09T15:00:00Z', '2027-02-10T15:00:00Z']
  const rivals = starts.map(start => () => house.hold(start))
  const answers = await meanwhile(
    house,
    rivals,
    () => house.client`update session_types set public = false where slug = 'individual'`
  )
  for (const answer of answers) t.match(answer.json(), { status: 404, type: '/problems/no-such-session-type' })
  t.same(await written(house), before)
})

t.test(
  'whoever does not offer it any more when a turn comes is not booked, nor is a room that is not theirs',
  async t => {
    const house = await openKnown(t)
    const { client, hold } = house
    await colleague(house, 'alex', ['therapist'])
    await workLikeJessica(client, 'alex')
    const start = '2027-02-09T15:00:00Z'
    t.match((await hold(start, { place: 'video', therapist: 'alex' })).json(), { state: 'held' })
    const [taken] = await meanwhile(
      house,
      [() => hold(start)],
      () => client`delete from offerings using resources r where r.id = resource_id and r.slug = 'jessica'`
    )
    t.match(taken?.json(), { type: '/problems/slot-taken' }, 'of two one is left, who is not free')

    const later = '2027-02-10T15:00:00Z'
    const [moved] = await meanwhile(
      house,
      [() => hold(later, { place: 'office' })],
      () => client`
      with attic as (insert into resources (practice_id, id, kind, slug, name, zone)
        select practice_id, gen_random_uuid(), 'room', 'attic', 'Attic', zone from resources where slug = 'office' returning id)
      update places set room_id = attic.id from attic where slug = 'office'`
    )
    const rooms = await client`
    select r.slug from appointments a join occupancy o on o.appointment_id = a.id join resources r on r.id = o.resource_id
    where a.booking_id = ${moved?.json().id} order by slug`
    t.same(rooms, [{ slug: 'alex' }, { slug: 'attic' }])
    t.match(await soundness(house), sound)
  }
)
