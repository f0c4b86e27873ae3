import { DateTime } from 'luxon'
import t from 'tap'
import { demoTypes } from '../../db/seed-types.ts'
import { exponent, moneyText } from '../../src/kernel/money.ts'
import { duesOf, isCovered } from '../../src/payments/due.ts'
import { bandAt, bandEnds, kept } from '../../src/payments/policy.ts'

const zone = 'America/New_York'
const dollars = (amount: number) => ({ amount, currency: 'USD' })
const instant = (text: string) => DateTime.fromISO(text, { zone: 'utc' })
const typeOf = (slug: string) => {
  const type = demoTypes.find(each => each.slug === slug)
  if (!type) throw new Error(`There is no ${slug}`)
  return { ...type, id: 'id', version: 1, price: { amount: type.price, currency: 'USD' } }
}

t.test('on the boundary of a band the client gets the better one', async t => {
  const { policy } = typeOf('couples')
  const start = instant('2027-03-15T14:00:00Z')
  const keep = (at: string) => kept(bandAt(policy, start, instant(at), zone).keep, dollars(40_000), 40_000)
  t.equal(keep('2027-03-13T14:00:00Z'), 0)
  t.equal(keep('2027-03-13T14:00:00.001Z'), 40_000)
  t.equal(keep('2027-03-20T00:00:00Z'), 40_000, 'after the start too')
})

t.test('days of notice are days of the practice’s calendar, hours are real hours', async t => {
  const ends = bandEnds(typeOf('intensive-2-day').policy, instant('2027-03-26T13:00:00Z'), zone)
  t.equal(ends[0]?.until.toISO(), '2027-02-24T14:00:00.000Z', 'the same local hour, before the change of the clock')
  const [hours] = bandEnds(typeOf('couples').policy, instant('2027-03-15T13:00:00Z'), zone)
  t.equal(hours?.until.toISO(), '2027-03-13T13:00:00.000Z')
})

t.test('what is kept is exact and never more than the price', async t => {
  t.equal(kept({ fixed: 25_000 }, dollars(480_000), 240_000), 25_000)
  t.equal(kept({ fixed: 25_000 }, dollars(20_000), 0), 20_000)
  t.equal(kept({ percentOfPrice: 50 }, dollars(25_001), 0), 12_501)
  t.equal(kept({ percentOfDeposit: 50 }, dollars(480_000), 240_000), 120_000)
})

t.test('what is kept, and a deposit, is a sum that a card can pay in its currency', async t => {
  const half = { percentOfPrice: 50 }
  t.equal(kept(half, { amount: 1_234_500, currency: 'ISK' }, 0), 617_300, 'whole krónur')
  t.equal(kept(half, { amount: 25_100, currency: 'UGX' }, 0), 12_600)
  t.equal(kept(half, { amount: 12_510, currency: 'KWD' }, 0), 6_260, 'the last digit is 0')
  t.equal(kept(half, { amount: 25_001, currency: 'JPY' }, 0), 12_501)
  t.equal(kept({ percentOfDeposit: 50 }, { amount: 1_234_500, currency: 'ISK' }, 617_300), 308_700)
  const type = { ...typeOf('intensive-2-day'), price: { amount: 1_234_500, currency: 'ISK' } }
  const dues = duesOf(type, instant('2027-03-26T13:00:00Z'), zone, instant('2027-01-10T12:00:00Z'))
  t.same(
    dues.map(({ amount }) => amount.amount),
    [617_300, 617_200]
  )
})

t.test(
  'a deposit is due now and the rest at nine in the practice’s morning, or all at once when that is past',
  async t => {
    const type = typeOf('intensive-2-day')
    const now = instant('2027-01-10T12:00:00Z')
    const dues = duesOf(type, instant('2027-03-26T13:00:00Z'), zone, now)
    t.match(dues, [
      { reason: 'deposit', amount: { amount: 240_000 }, required: true },
      { reason: 'balance', amount: { amount: 240_000 }, required: false }
    ])
    t.equal(dues[1]?.dueAt.toISO(), '2027-03-12T14:00:00.000Z')
    t.match(duesOf(type, instant('2027-01-20T14:00:00Z'), zone, now), [
      { reason: 'full', amount: { amount: 480_000 }, required: true }
    ])
    t.same(duesOf(typeOf('consultation'), now, zone, now), [])
  }
)

t.test('a booking is covered when every required due is paid or waived', async t => {
  t.ok(isCovered([]))
  t.ok(
    isCovered([
      { required: true, state: 'paid' },
      { required: false, state: 'scheduled' }
    ])
  )
  t.notOk(
    isCovered([
      { required: true, state: 'paid' },
      { required: true, state: 'open' }
    ])
  )
})

t.test('sums are written exactly, by the exponent of their currency', async t => {
  t.equal(moneyText({ amount: 40_000, currency: 'USD' }), '$400')
  t.equal(moneyText({ amount: 1_250, currency: 'USD' }), '$12.50')
  t.equal(moneyText({ amount: 500, currency: 'JPY' }), '¥500')
  t.same([exponent('USD'), exponent('KRW'), exponent('KWD')], [2, 0, 3])
})
