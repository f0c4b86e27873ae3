import fc from 'fast-check'
import t from 'tap'
import { agreed, type Shown } from '../support/programme.ts'

const runs = process.env.SOAK ? 60 : 2

/** What may be done to a booking's steps, by whom, and to which of them. `at`: so many half hours into its days. */
const act = fc.record({
  what: fc.constantFrom('call off', 'call off', 'lay', 'lay', 'lay', 'lay', 'move', 'wait'),
  who: fc.constantFrom('jo', 'sam', 'staff'),
  step: fc.nat(9),
  day: fc.nat(4),
  half: fc.nat(13)
})

/** The gaps of the demo practice's programmes, written down again: least and most days before each step. */
const gaps = {
  assessment: [
    [0, 0],
    [1, 14],
    [0, 14],
    [1, 14]
  ],
  'programme-8-weeks': [[0, 0], [1, 14], [0, 14], ...Array(7).fill([5, 14])]
} as const satisfies Record<string, readonly (readonly number[])[]>

const dayOf = (moment: Date) =>
  Math.round(Date.parse(moment.toLocaleDateString('en-CA', { timeZone: 'America/New_York' })) / 86_400_000)

for (const slug of ['assessment', 'programme-8-weeks'] as const)
  t.test(
    `${slug}: whatever is done to its steps, order and gaps are kept, nothing overlaps, UIDs stay, no cent is lost`,
    async t => {
      const done: Record<string, number> = {}
      await fc.assert(
        fc.asyncProperty(fc.array(act, { minLength: 14, maxLength: 24 }), async acts => {
          const house = await agreed(t, { sessionType: slug })
          const { request, client, id, clock, gateway, read, openedBy, signIn, signInPerson } = house
          const known = new Map<string, { uid: string; sequence: number }>()
          const price = slug === 'assessment' ? 140_000 : 360_000
          const tokens = async () => ({
            jo: await openedBy(id),
            sam: await signInPerson('sam@example.com'),
            staff: await signIn()
          })
          const rowsNow = async (): Promise<Row[]> =>
            (
              await client`select id, ordinal, who, state, starts_at::text as start, ends_at::text as end, price::int
              from appointments where booking_id = ${id} order by ordinal`
            ).map(({ start, end, ...row }) => ({ ...row, start: new Date(start), end: new Date(end) }) as Row)
          let as = await tokens()
          for (const { what, who, step, day, half } of acts) {
            const rows = await rowsNow()
            const row = rows[step % rows.length]
            if (!row) throw new Error('There are steps')
            if (what === 'wait') {
              clock.move({ hours: 6 * (half + 1) })
              as = await tokens()
            } else if (what === 'call off') {
              const quoted = await request('GET', `/api/appointments/${row.id}/cancellation`, undefined, as[who])
              const answer = await request('POST', `/api/appointments/${row.id}/cancellation`, undefined, as[who])
              if (quoted.statusCode === 200) t.equal(answer.json().opens, quoted.json().opens, 'as it was shown')
              count(`called off ${answer.statusCode}`)
            } else {
              // Mostly what really waits for a time: the first of those that this one sees.
              const waiting = ((await read(as[who])).appointments as Shown[]).filter(one => one.open && !one.waits)
              const open = waiting[step % (waiting.length + 1)] ?? waiting[0]
              const from = what === 'lay' && open?.open ? Date.parse(open.open.from) : row.start.getTime()
              const base = Math.max(from, clock.now().toMillis() + 86_400_000)
              const morning = Math.floor(base / 86_400_000) * 86_400_000 + day * 86_400_000 + 14 * 3_600_000
              const body = { start: new Date(morning + half * 1_800_000).toISOString() }
              const move = { ...body, ...(who === 'staff' && { agreed: true }) }
              const answer =
                what === 'lay'
                  ? await request(
                      'POST',
                      `/api/bookings/${id}/steps`,
                      { step: open?.step ?? row.ordinal, ...body },
                      as[who]
                    )
                  : await request('POST', `/api/appointments/${row.id}/move`, move, as[who])
              count(`${what} ${answer.statusCode}`)
            }
            await holds()
          }

          function count(name: string) {
            done[name] = (done[name] ?? 0) + 1
            if (/ 5\d\d$/.test(name)) throw new Error(name)
          }

          async function holds() {
            const rows = await rowsNow()
            const laid = rows.filter(({ state }) => state !== 'cancelled')
            for (const [index, one] of laid.entries())
              for (const other of laid.slice(index + 1)) {
                if (one.who !== 'both' && other.who !== 'both' && one.who !== other.who) continue
                if (one.end > other.start) throw new Error(`${other.ordinal} begins before ${one.ordinal} has ended`)
                const between = gaps[slug].slice(one.ordinal + 1, other.ordinal + 1)
                const days = dayOf(other.start) - dayOf(new Date(one.end.getTime() - 1))
                const [least, most] = [sum(between.map(([min = 0]) => min)), sum(between.map(([, max = 0]) => max))]
                if (days < least || days > most) throw new Error(`${one.ordinal} to ${other.ordinal}: ${days} days`)
              }
            if (sum(rows.map(({ price }) => price)) !== price) throw new Error('the shares are not the price')
            if (gateway.refunds.size > 0) throw new Error('something went back')
            const [overlap] = await client`select 1 from occupancy a join occupancy b on a.resource_id = b.resource_id
            and a.appointment_id < b.appointment_id and a.during && b.during`
            if (overlap) throw new Error('two at one time')
            const [wrong] =
              await client`select a.ordinal from appointments a where a.booking_id = ${id} and (a.state = 'planned') <>
            exists (select from occupancy o where o.appointment_id = a.id)`
            if (wrong) throw new Error('what takes place has its time, and nothing else has one')
            const people = await client<{ key: string; uid: string; sequence: number }[]>`
            select appointment_id::text || person_id::text as key, uid, sequence from participants p
            join appointments a on a.id = p.appointment_id where a.booking_id = ${id}`
            for (const { key, uid, sequence } of people) {
              const before = known.get(key)
              if (before && (before.uid !== uid || before.sequence > sequence))
                throw new Error('a UID or a SEQUENCE went')
              known.set(key, { uid, sequence })
            }
            // Whoever booked sees nothing of the other's own, nor the other of theirs.
            const theirs =
              rows
                .find(one => one.who === 'second')
                ?.start.toISOString()
                .slice(0, 19) ?? 'none'
            const others = rows.filter(one => one.who !== 'second').map(one => one.start.toISOString().slice(0, 19))
            if (!others.includes(theirs) && JSON.stringify(await read(as.jo)).includes(`"start":"${theirs}`))
              throw new Error('the other’s time is shown')
          }
        }),
        { numRuns: runs, seed: 20_270_209, endOnFailure: true }
      )
      t.comment(JSON.stringify(done))
      t.ok((done['called off 200'] ?? 0) > 0 && (done['lay 201'] ?? 0) > 0, 'and much of it is really done')
    }
  )

interface Row {
  id: string
  ordinal: number
  who: string
  state: string
  start: Date
  end: Date
  price: number
}

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0)
