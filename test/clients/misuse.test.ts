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
