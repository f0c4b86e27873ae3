import t from 'tap'
import { open, someone } from '../support/open.ts'
import { openInvited } from '../support/partners.ts'

t.test(
  'misuse story 7: joint slots are watched after the other gave possible times, and stay as they were',
  async t => {
    const { request, answer, booked, signInPerson, signIn, work } = await openInvited(t)
    const person = await signInPerson(someone.email)
    const look = async () => {
      const seen = []
      for (const token of [undefined, booked.token, person])
        for (const slug of ['couples', 'individual', 'consultation']) {
          const days = 'from=2027-02-08&to=2027-03-08&zone=America/New_York'
          const slots = await request('GET', `/api/session-types/${slug}/slots?${days}`, undefined, token)
          const start = { start: '2027-02-23T15:00:00Z' }
          const quote = await request('POST', `/api/session-types/${slug}/quote`, start, token)
          seen.push([slots.statusCode, slots.body, quote.statusCode, quote.body])
        }
      return seen
    }
    const before = await look()
    t.match(before[0], [200, /"start"/, 200])
    const times = [
      { start: '2027-02-16T15:00:00Z', end: '2027-02-16T17:00:00Z' },
      { start: '2027-02-23T15:00:00Z', end: '2027-02-23T18:00:00Z' }
    ]
    t.equal((await answer({ kind: 'times', windows: times })).statusCode, 201)
    await work()
    t.strictSame(await look(), before)
    const own = await request('GET', '/api/partner-invitations', undefined, booked.token)
    t.notMatch(own.body, /2027-02-16|2027-02-23/)
    const [item] = (await request('GET', '/api/inbox', undefined, await signIn())).json().items
    t.match(item, { kind: 'times', windows: times }, 'the practice alone knows them')
  }
)

t.test('misuse story 14: a stranger fills the month with holds, and half of each day stays free', async t => {
  const { book, request, clock, minute, client } = await open(t, {
    limits: { bookings: 1_000_000, heldShare: 50, holds: 5 }
  })
  const days = ['2027-02-09', '2027-02-10', '2027-02-11']
  const slots = async (day: string) => {
    const address = `/api/session-types/couples/slots?from=${day}&to=${day}&zone=America/New_York`
    return (await request('GET', address)).json().slots as { start: string }[]
  }
  let refused = 0
  let held = 0
  for (const day of days) {
    const before = (await slots(day)).length
    for (const { start } of await slots(day)) {
      const person = { ...someone, email: `s${held + refused}@example.com` } // a new address for each
      const { statusCode } = await book({ start, person })
      if (statusCode === 201) held += 1
      else refused += 1
    }
    const [taken] = await client<{ minutes: number }[]>`
      select sum(extract(epoch from upper(during) - lower(during)) / 60)::int as minutes from occupancy o
      join resources r on r.id = o.resource_id where r.kind = 'therapist' and lower(during)::date = ${day}`
    // The demo therapist works 480 minutes of such a day.
    t.ok((taken?.minutes ?? 0) <= 240, `${day}: ${taken?.minutes} of 480 minutes are held`)
    t.ok((await slots(day)).length > 0, `${day}: ${(await slots(day)).length} of ${before} starts are free still`)
  }
  t.ok(held > 0 && refused > 0, `${held} holds, ${refused} refused`)
  clock.move({ minutes: 45 })
  await minute()
  t.match(
    await client`select count(*)::int from occupancy o join appointments a on a.id = o.appointment_id where a.booking_id is not null`,
    [{ count: 0 }]
  )
})

t.test('misuse story 13: who is signed in makes one in sixty days, whatever they booked', async t => {
  const { request, booked, made, signInPerson, confirmed, clock, client } = await openInvited(t)
  const person = await signInPerson(someone.email)
  const later = await confirmed({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })
  const ask = (bearer: string) => request('POST', '/api/partner-invitations', { text: 'curiosity' }, bearer)
  const found = await request('POST', '/api/me/found-bookings', { bookings: [booked.id, later.id] }, person)
  t.equal(found.statusCode, 204, found.body)
  for (let number = 0; number < 10; number += 1) {
    clock.move({ minutes: 1 })
    t.equal((await ask(person)).json().url, made.json().url)
  }
  const { id } = made.json()
  t.equal((await request('DELETE', `/api/partner-invitations/${id}`, undefined, person)).statusCode, 204)
  for (const bearer of [person, booked.token])
    t.match((await ask(bearer)).json(), { status: 409, detail: /2027-04-02/ })
  // Whoever holds a booking's token may be somebody else: it counts for that booking alone, and tells of nothing besides.
  const apart = await ask(later.token)
  t.equal(apart.statusCode, 201)
  t.equal((await ask(person)).json().url, apart.json().url, 'and the person makes none beside it')
  t.match(await client`select count(*)::int from partner_invitations`, [{ count: 2 }])
})

t.test('misuse story 13: bookings that nobody said are theirs count each for itself', async t => {
  // By address the limit would tell whoever types somebody's address that there was an invitation.
  const { request, made, confirmed, signInPerson, client } = await openInvited(t)
  const ask = (bearer: string) => request('POST', '/api/partner-invitations', { text: 'curiosity' }, bearer)
  const later = await confirmed({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })
  const stranger = await confirmed({
    sessionType: 'individual',
    start: '2027-02-11T15:00:00Z',
    person: { ...someone, email: 'nobody@example.com' }
  })
  const [same, other] = [await ask(later.token), await ask(stranger.token)]
  t.equal(same.statusCode, 201)
  t.same(Object.keys(same.json()), Object.keys(other.json()))
  t.equal(new Set([made, same, other].map(answer => answer.json().url)).size, 3)
  t.equal((await ask(await signInPerson(someone.email))).statusCode, 404, 'nor by a proven address alone')
  t.match(await client`select count(*)::int from partner_invitations`, [{ count: 3 }])
})
