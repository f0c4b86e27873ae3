import t from 'tap'
import { queueFor } from '../../../src/availability/queue-store.ts'
import { open, someone } from '../../support/open.ts'
import { calendar, outsideServer } from '../../support/outside-server.ts'
import { rounds, sound, soundness } from '../../support/race.ts'

const at = '/api/therapists/jessica/outside-calendars'
const days = ['09', '10', '11', '15', '16', '17', '18', '22', '23', '24']
/** A time of its own for each round, on a day on which the practice is open. */
const startOf = (round: number) =>
  `2027-02-${days[round % days.length]}T${[15, 19][Math.floor(round / days.length) % 2]}:00:00Z`
const written = (start: string) => [`UID:${start}@elsewhere`, `DTSTART:${start.replace(/[-:]/g, '')}`, 'DURATION:PT30M']

t.test('busy elsewhere against booked here: whoever comes second knows of the first', async t => {
  const house = await open(t, { most: 20 })
  const { request, signIn, book, client, db, scope } = house
  const server = await outsideServer(t, calendar())
  const token = await signIn()
  const { id } = (await request('POST', at, { kind: 'ics', url: `${server.origin}/x.ics` }, token)).json()
  const [therapist] = await client<{ id: string }[]>`select id from resources where slug = 'jessica'`
  /** Until so many wait in line for a lock. */
  const waiting = async (many: number) => {
    for (let count = 0; count < many; ) {
      const [row] = await client<{ count: number }[]>`
        select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      count = row?.count ?? 0
    }
  }
  const outcomes = { sold: 0, refused: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const start = startOf(round)
    server.answer(calendar(written(start)))
    const sync = async () => void (await request('POST', `${at}/${id}/sync`, undefined, token))
    const person = { ...someone, email: `rival-${round}@example.com` }
    let status = 0
    const sell = async () => {
      status = (await book({ sessionType: 'individual', start, person })).statusCode
    }
    // Both come while somebody else has the therapist's line: in this order, and both really wait.
    const [first, second] = round % 2 ? [sell, sync] : [sync, sell]
    const done = await db.transaction(async tx => {
      await queueFor(tx, scope, [therapist?.id ?? ''])
      const one = first()
      await waiting(1)
      const other = second()
      await waiting(2)
      return [one, other]
    })
    await Promise.all(done)
    t.equal(status, round % 2 ? 201 : 409, round % 2 ? 'booked first' : 'busy first')
    const conflicts = (await request('GET', '/api/tasks', undefined, token)).json().items
    t.equal(conflicts.length, round % 2, 'what was sold before is shown as a conflict, and only that')
    t.equal((await client`select 1 from outside_busy`).length, 1, 'what is busy is kept either way')
    outcomes[status === 201 ? 'sold' : 'refused'] += 1
  }
  t.match(await soundness(house), sound)
  t.comment(`${rounds} rounds, two waiting in each: ${JSON.stringify(outcomes)}`)
})
