import fc from 'fast-check'
import { DateTime } from 'luxon'
import t from 'tap'
import { isoUtc } from '../../src/kernel/time.ts'
import { open, someone } from '../support/open.ts'
import { sound, soundness } from '../support/race.ts'

const seed = Number(process.env.SEED ?? 20270301)
const runs = process.env.SOAK === '1' ? 100 : 8
const zone = 'America/New_York'

/** What somebody does to a series: which of its times it is about, and where to, in days and half hours. */
const doing = fc.record({
  what: fc.constantFrom('skip', 'move', 'later', 'pause', 'resume', 'skip', 'move'),
  which: fc.nat(4),
  days: fc.integer({ min: 0, max: 4 }),
  halves: fc.integer({ min: 0, max: 16 })
})

t.test(
  'whatever is skipped, moved, paused and taken up again: UIDs stay, nothing overlaps, the order is kept, and every cent is where it belongs',
  async t => {
    const house = await open(t)
    const { client, request, confirmed, openedBy, work } = house
    let round = 0
    let done = 0
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { minLength: 3, maxLength: 7 }), async doings => {
        round += 1
        const first = DateTime.fromISO('2027-02-15T09:00', { zone }).plus({ days: round % 4, weeks: round % 3 })
        const person = { ...someone, email: `model-${round}@example.com` }
        const { id } = await confirmed({ sessionType: 'weekly', start: isoUtc(first), occurrences: 5, person })
        const token = await openedBy(id)
        const rowsOf = () => client<
          { id: string; state: string; price: number; at: number; uids: string[]; sum: number }[]
        >`
          select a.id, a.state, a.price::int, (extract(epoch from a.starts_at) * 1000)::float8 as at, array_agg(p.uid order by p.uid) as uids, sum(p.sequence)::int as sum
          from appointments a join participants p on p.appointment_id = a.id where a.booking_id = ${id}
          group by a.id, a.state, a.price, a.starts_at, a.ordinal order by a.ordinal`
        const left = async () => {
          const [row] = await client<{ left: number }[]>`
            select (select sum(d.amount) from attempts a join dues d on d.id = a.due_id where d.booking_id = ${id} and a.state = 'succeeded')::int
              - coalesce((select sum(r.amount) from refunds r join attempts a on a.id = r.attempt_id join dues d on d.id = a.due_id
                where d.booking_id = ${id}), 0)::int as left`
          return row?.left
        }
        let before = await rowsOf()
        const uids = before.map(row => row.uids)
        for (const { what, which, days, halves } of doings) {
          const one = before[which]
          const start = isoUtc(
            DateTime.fromMillis(one?.at ?? 0, { zone })
              .startOf('day')
              .plus({ days, hours: 9, minutes: 30 * halves })
          )
          const answer =
            what === 'skip'
              ? await request('POST', `/api/appointments/${one?.id}/skip`, undefined, token)
              : what === 'pause'
                ? await request('POST', `/api/bookings/${id}/pause`, { from: start }, token)
                : what === 'resume'
                  ? await request('POST', `/api/bookings/${id}/resumption`, { start }, token)
                  : await request('POST', `/api/appointments/${one?.id}/${what}`, { start }, token)
          t.ok(
            [200, 409, 422].includes(answer.statusCode),
            `${what}: ${answer.statusCode} ${answer.body.slice(0, 200)}`
          )
          const after = await rowsOf()
          t.same(
            after.map(row => row.uids),
            uids,
            `${what}: every UID is as it was`
          )
          for (const [index, row] of after.entries()) {
            const was = before[index]
            const changed = row.state !== was?.state || row.at !== was.at
            t.equal(row.sum > (was?.sum ?? 0), changed, `${what}: SEQUENCE rises with a change, and with nothing else`)
          }
          if (answer.statusCode !== 200) t.same(after, before, `${what} was refused, and changed nothing`)
          else done += 1
          t.equal(
            await left(),
            after.reduce((sum, { price }) => sum + price, 0),
            `${what}: what is left is what they cost`
          )
          before = after
        }
        const ended = await request('POST', `/api/bookings/${id}/cancellation`, undefined, token)
        if (before.some(({ state }) => state === 'planned') || ended.statusCode === 200) {
          t.equal(ended.statusCode, 200, ended.body)
          const kept = (await rowsOf())
            .filter(({ state }) => state !== 'cancelled')
            .reduce((sum, { price }) => sum + price, 0)
          t.equal(await left(), kept + ended.json().fee.amount, 'after the end nothing is kept but what was to be')
        }
        await work()
        t.match(await soundness(house), sound)
      }),
      { seed, numRuns: runs, endOnFailure: true }
    )
    t.comment(`${round} series, ${done} changes done; SEED=${seed}`)
    t.ok(done > runs, 'much was really done')
  }
)
