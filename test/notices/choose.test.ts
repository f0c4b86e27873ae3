import t from 'tap'
import { days, paidDays } from '../support/private-days.ts'
import { agreed } from '../support/programme.ts'
import { withoutRandom } from '../support/random.ts'

const telling = /delgado|couple|session|therap|partner|video|jessica|\$|\bUSD\b/i

/** A programme of which a step was left open, and the mails that leave at a given moment, by who gets them. */
async function house(t: Parameters<typeof agreed>[0], occurrences: (string | null)[]) {
  const made = await agreed(t, { occurrences })
  const { clock, mails, minute } = made
  const mailedAt = async (instant: string) => {
    clock.set(instant)
    mails.length = 0
    await minute()
    return mails
      .filter(({ subject }) => subject === 'A time to choose')
      .sort((one, other) => (one.to < other.to ? -1 : 1))
  }
  return { ...made, mailedAt }
}

t.test(
  'whoever has to choose a time is reminded: after the step before, and some days before it is too late',
  async t => {
    const { mailedAt } = await house(t, [null, null, null, 'open'])
    const after = await mailedAt('2027-02-10T21:00:00Z')
    t.same(
      after.map(({ to }) => to),
      ['jo@example.com', 'sam@example.com'],
      'each of two, once'
    )
    t.match(
      after[0]?.text,
      /^Hello, besides your appointment on Wed 10 Feb, 09:00–09:50 \(New York time\), another time is still to be chosen\.\n\nYou can choose it until /
    )
    for (const { text, subject } of after) t.notMatch(withoutRandom(subject + text), telling)
    t.same(await mailedAt('2027-02-10T22:00:00Z'), [], 'and no more')
    t.equal((await mailedAt('2027-02-22T15:00:00Z')).length, 2)
  }
)

t.test('of an own step only its person is reminded; once it has its time nobody is', async t => {
  const { mailedAt } = await house(t, [null, 'open', null, '2027-02-23T15:00:00Z'])
  t.same(
    (await mailedAt('2027-02-09T17:00:00Z')).map(({ to }) => to),
    ['jo@example.com']
  )
  const late = await house(t, [null, 'open', null, '2027-02-23T15:00:00Z'])
  const start = '2027-02-16T15:00:00Z'
  t.equal((await late.request('POST', `/api/bookings/${late.id}/steps`, { step: 1, start }, late.jo)).statusCode, 201)
  await late.work()
  t.same(await late.mailedAt('2027-02-09T17:00:00Z'), [])
})

t.test('a step that soon cannot get a time is a task of its therapist, until it has one', async t => {
  const { request, clock, signIn, id, openedBy } = await house(t, [null, null, null, 'open'])
  const tasks = async () =>
    (await request('GET', '/api/tasks', undefined, await signIn()))
      .json()
      .items.filter(({ kind }: { kind: string }) => kind === 'step')
  t.same(await tasks(), [])
  clock.set('2027-02-20T15:00:00Z')
  t.match(await tasks(), [{ id, late: false, dueAt: /^2027-02-25/ }])
  clock.set('2027-02-27T15:00:00Z')
  t.match(await tasks(), [{ id, late: true }])
  clock.set('2027-02-20T16:00:00Z')
  const start = '2027-02-23T15:00:00Z'
  const laid = await request('POST', `/api/bookings/${id}/steps`, { step: 3, start }, await openedBy(id))
  t.equal(laid.statusCode, 201, laid.body)
  t.same(await tasks(), [])
})

t.test(
  'what follows private days is asked for when the days are over, not after a conversation before them',
  async t => {
    const { clock, mails, minute } = await paidDays(t, [...days, 'propose', 'propose', 'open'])
    const mailedAt = async (instant: string) => {
      clock.set(instant)
      mails.length = 0
      await minute()
      return mails.filter(({ subject }) => subject === 'A time to choose')
    }
    t.same(await mailedAt('2027-02-23T15:00:00Z'), [], 'both conversations before have been')
    t.same(await mailedAt('2027-03-08T21:00:00Z'), [], 'between the days')
    const asked = await mailedAt('2027-03-09T21:31:00Z')
    t.same(asked.map(({ to }) => to).sort(), ['jo@example.com', 'other@example.com'])
    for (const { text } of asked) t.match(text, 'besides your appointment on Tue 9 Mar')
  }
)
