import t, { type Test } from 'tap'
import { joint, renew } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { agreed } from '../support/programme.ts'
import { withoutRandom } from '../support/random.ts'
import { openRetreat } from '../support/retreat.ts'

type House = Awaited<ReturnType<typeof open>>
interface Case {
  name: string
  /** A confirmed booking, and how much of it is paid. */
  make: (t: Test) => Promise<{ house: House; id: string; paid: number }>
  /** When it is cancelled, and the numbers of what has taken place by then. */
  at?: string
  done?: readonly number[]
  /** What comes back, what waits for the word of staff or is kept, and what is still owed: by the practice, and by the booker. */
  practice: Sums
  client: Sums
  /** Only steps without a time are left: the mail is of them. */
  rest?: boolean
}
type Sums = readonly [refund: number, fee: number, owed?: number]

const [booker, other] = [someone.email, 'sam@example.com']

async function two(t: Test, wish: object, paid: number) {
  const house = await open(t)
  return { house, id: (await joint(house, other, wish)).id, paid }
}

async function programme(t: Test, paid: number, more: object = {}) {
  const occurrences = [null, '2027-02-15T15:00:00Z', null, '2027-02-18T15:00:00Z']
  const house = await agreed(t, { occurrences, ...more })
  await house.client`update appointments set starts_at = '2027-02-16T15:00Z', ends_at = '2027-02-16T15:50Z'
    where booking_id = ${house.id} and who = 'second'`
  return { house, id: house.id, paid }
}

async function privateDays(t: Test) {
  const house = await open(t)
  await house.client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  await renew(house, 'intensive-2-day', '{"rules": {"approval": false, "callEach": false}}')
  const occurrences = [null, null, null, null, '2027-02-22T14:00:00Z', 'propose', 'propose']
  const wish = { sessionType: 'intensive-2-day', start: '2027-03-08T14:00:00Z', occurrences }
  const { id } = await joint(house, other, wish)
  await house.client`update appointments set starts_at = '2027-02-25T15:00Z', ends_at = '2027-02-25T15:50Z'
    where booking_id = ${id} and who = 'second'`
  return { house, id, paid: 285_000 }
}

/** Private days that are paid in full, of which the follow-up has no time yet. */
async function followed(t: Test, own: readonly unknown[], paid: number) {
  const house = await open(t)
  await house.client`update opening_hours set from_minute = 540, to_minute = 1080, days = '{1,2,3,4,5}'`
  const rules = { approval: false, callEach: false, pay: { mode: 'full' } }
  await renew(house, 'intensive-2-day', JSON.stringify({ rules }))
  const occurrences = [null, null, null, null, ...own, 'open']
  const wish = { sessionType: 'intensive-2-day', start: '2027-03-08T14:00:00Z', occurrences }
  return { house, id: (await joint(house, other, wish)).id, paid }
}

async function seat(t: Test) {
  const house = await openRetreat(t)
  return { house, id: (await house.confirmedSeat('jo', { person: someone })).id, paid: 144_000 }
}

const series = (t: Test) => two(t, { sessionType: 'weekly', occurrences: 3 }, 120_000)
const cases: Case[] = [
  { name: 'one session, in time', make: t => two(t, {}, 40_000), practice: [40_000, 0], client: [40_000, 0] },
  {
    name: 'one session, late',
    make: t => two(t, {}, 40_000),
    at: '2027-02-09T10:00:00Z',
    practice: [40_000, 0],
    client: [0, 40_000]
  },
  { name: 'a series, nothing used', make: series, practice: [120_000, 0], client: [120_000, 0] },
  {
    name: 'a series, one used',
    make: series,
    at: '2027-02-10T12:00:00Z',
    done: [0],
    practice: [80_000, 0],
    client: [80_000, 0]
  },
  {
    name: 'a series, one used, and the next is near',
    make: series,
    at: '2027-02-15T12:00:00Z',
    done: [0],
    practice: [80_000, 0],
    client: [40_000, 40_000]
  },
  { name: 'a programme, nothing used', make: t => programme(t, 140_000), practice: [140_000, 0], client: [140_000, 0] },
  {
    name: 'a programme, the first step used',
    make: t => programme(t, 140_000),
    at: '2027-02-10T12:00:00Z',
    done: [0],
    practice: [95_000, 0],
    client: [95_000, 0]
  },
  {
    name: 'a programme, of which the other’s own step is ahead',
    make: t => programme(t, 140_000),
    at: '2027-02-15T20:00:00Z',
    done: [0, 1],
    practice: [70_000, 0],
    client: [45_000, 0]
  },
  {
    name: 'instalments, the first step used',
    make: t => programme(t, 46_666, { instalments: true }),
    at: '2027-02-10T12:00:00Z',
    done: [0],
    practice: [1_666, 0],
    client: [1_666, 0]
  },
  {
    name: 'instalments, more used than is paid',
    make: t => programme(t, 46_666, { instalments: true }),
    at: '2027-02-15T20:00:00Z',
    done: [0, 1],
    practice: [0, 0, 23_334],
    client: [0, 0, 48_334]
  },
  {
    name: 'private days by a deposit, nothing used',
    make: privateDays,
    practice: [285_000, 0],
    client: [260_000, 25_000]
  },
  {
    name: 'private days by a deposit, the booker’s own step used',
    make: privateDays,
    at: '2027-02-22T20:00:00Z',
    done: [4],
    practice: [260_000, 0],
    // Both own steps count as used, and half of the deposit's share of the rest is kept.
    client: [0, 235_000]
  },
  {
    name: 'private days with a follow-up alone, which waits when they are over',
    make: t => followed(t, [null, null], 520_000),
    at: '2027-03-10T12:00:00Z',
    done: [0, 1, 2, 3],
    practice: [40_000, 0],
    client: [40_000, 0],
    rest: true
  },
  {
    name: 'private days with conversations before, of which all but the follow-up is over',
    make: t => followed(t, ['2027-02-22T14:00:00Z', 'propose'], 570_000),
    at: '2027-03-10T12:00:00Z',
    done: [0, 1, 2, 3, 4, 5],
    practice: [40_000, 0],
    client: [40_000, 0],
    rest: true
  },
  { name: 'dates with others, by a deposit', make: seat, practice: [144_000, 0], client: [119_000, 25_000] }
]

for (const { name, make, at, done = [], rest, ...expected } of cases)
  for (const by of ['practice', 'client'] as const)
    t.test(`the sum that is shown is the sum that comes back: ${name}, by the ${by}`, async t => {
      const { house, id, paid } = await make(t)
      const { request, client, clock, gateway, openedBy, signIn, work, minute, mails } = house
      clock.set(at ?? '2027-02-01T15:00:00Z')
      await client`update appointments set state = 'done' where booking_id = ${id} and ordinal = any(${[...done]})`
      const actor = async () => (by === 'practice' ? signIn() : openedBy(id))
      const path = `/api/bookings/${id}/cancellation`
      const shown = (await request('GET', path, undefined, await actor())).json()
      const [refund, fee, owed] = expected[by]
      t.match(shown, { refund: { amount: refund }, fee: { amount: fee } }, JSON.stringify(shown))
      t.equal(shown.owed?.amount, owed)
      mails.splice(0)
      const cancelled = await request('POST', path, undefined, await actor())
      t.match(
        cancelled.json(),
        { refund: shown.refund, fee: shown.fee, ...(owed && { owed: shown.owed }) },
        cancelled.body
      )
      await work()
      const back = () => [...gateway.refunds.values()].reduce((sum, { amount }) => sum + amount.amount, 0)
      t.equal(back(), refund)
      const due = await client<{ left: number }[]>`
        select coalesce(sum(amount), 0)::int as left from dues where booking_id = ${id} and state in ('scheduled', 'open')`
      t.equal(due[0]?.left, owed ?? 0, 'what is owed is what was said, and nothing else')
      const [paidFor, othersMails] = [mails.filter(({ to }) => to === booker), mails.filter(({ to }) => to === other)]
      for (const { text, subject } of mails)
        t.notMatch(`${subject}${withoutRandom(text)}`, /\$|USD|\d,\d{3}/, 'no mail names a sum')
      for (const { text } of othersMails)
        t.notMatch(withoutRandom(text), /paid|pays?\b|costs?\b|comes back|payment/i, 'nothing of the other’s payment')
      t.equal(paidFor.length, 1)
      const words = paidFor[0]?.text
      if (rest) t.match(words, /nothing more will take place\.\s.*What this means, and other times: http/s)
      else if (by === 'client') t.match(words, 'What this means for your payment: http')
      else t.match(words, /costs nothing, and what you paid for it comes back in full\.\s.*The exact sum/s)
      const after = (await request('GET', path, undefined, await openedBy(id))).json()
      t.match(after, { refund: { amount: refund }, fee: { amount: fee } }, 'and is shown so afterwards')
      if (!shown.decideBy) return
      // Of two, without a word of staff, all of the fee goes back as well, and it is told so.
      mails.splice(0)
      clock.move({ hours: 25 })
      await minute()
      await work()
      t.equal(back(), refund + fee)
      t.ok(back() <= paid)
      t.match(mails.find(({ to }) => to === booker)?.text, /What you paid for it comes back in full/)
    })
