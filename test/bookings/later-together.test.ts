import t from 'tap'
import { joint } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { racing, rounds, sound, soundness } from '../support/race.ts'

const [first, other] = ['jo@example.com', 'sam@example.com']
const series = { sessionType: 'weekly', occurrences: 4 }
/** The third of them, and where it and the one after it would be. */
const start = '2027-02-25T15:30:00Z'
const next = '2027-03-04T15:30:00Z'

type House = Awaited<ReturnType<typeof open>>

const startsOf = async ({ client }: House, booking: string) =>
  (
    await client<{ at: string }[]>`
      select to_char(starts_at at time zone 'UTC', 'MM-DD HH24:MI') as at from appointments
      where booking_id = ${booking} order by ordinal`
  ).map(({ at }) => at)
const before = ['02-09 15:00', '02-16 15:00', '02-23 15:00', '03-02 15:00']
const after = ['02-09 15:00', '02-16 15:00', '02-25 15:30', '03-04 15:30']

/** Two who both belong to a series, with their tokens and the path of its third appointment. */
async function pair(house: House) {
  const booking = await joint(house, other, series)
  const [third] = await house.client<{ id: string }[]>`
    select id from appointments where booking_id = ${booking.id} and ordinal = 2`
  const path = `/api/appointments/${third?.id}`
  const token = await house.openedBy(booking.id)
  house.mails.splice(0)
  return {
    ...booking,
    third: String(third?.id),
    token,
    ask: (by: string) => house.request('POST', `${path}/later`, { start }, by),
    answer: (by: string, accept: boolean) => house.request('POST', `${path}/move-answer`, { accept }, by),
    rival: (at: string) =>
      house.book({
        sessionType: 'individual',
        start: at,
        place: 'video',
        person: { ...someone, email: 'r@example.com' }
      })
  }
}

t.test(
  'one asks for this and all later ones: all new times are kept, one mail asks the other, one yes moves all',
  async t => {
    const house = await open(t)
    const two = await pair(house)
    const asked = await two.ask(two.personToken)
    t.match(asked.json(), {
      move: 'proposed',
      proposal: { start, by: 'client', expiresAt: '2027-02-04T12:00:00Z', appointments: [{ start }, { start: next }] }
    })
    t.match((await two.ask(two.personToken)).json(), { move: 'proposed' }, 'asked again, nobody is asked twice')
    await house.work()
    const mails = house.mails.splice(0)
    t.same(
      mails.map(({ to }) => to),
      [first],
      'one mail, to the other alone'
    )
    t.match(
      mails[0]?.text,
      /would Thu 25 Feb, 10:30–11:50 .* suit you instead of Tue 23 Feb.*\n\nAnd: Thu 4 Mar, 10:30–11:50\./
    )
    t.same(await startsOf(house, two.id), before, 'until the answer they stay')
    for (const at of [start, next]) t.match((await two.rival(at)).json(), { status: 409, type: '/problems/slot-taken' })
    t.equal((await two.answer(two.personToken, true)).statusCode, 409, 'nobody answers for the other')
    const yes = await two.answer(two.token, true)
    t.match(yes.json(), { state: 'moved', start, sequence: 1, proposal: null }, yes.body)
    await house.work()
    t.same(await startsOf(house, two.id), after)
    t.same(
      house.mails.map(({ to }) => to).sort(),
      ['jessica@example.com', first, other],
      'each hears of all of it once'
    )
    t.same(await house.client`select 1 from kept_times`, [])
    t.match(await soundness(house), sound)
  }
)

t.test('who wants the very same times as the other has said yes', async t => {
  const house = await open(t)
  const two = await pair(house)
  await two.ask(two.personToken)
  t.match((await two.ask(two.token)).json(), { move: 'moved', proposal: null })
  t.same(await startsOf(house, two.id), after)
})

for (const end of ['declined', 'taken back', 'lapsed', 'skipped', 'cancelled'] as const)
  t.test(`${end}: nothing moved, and what was kept is free for others`, async t => {
    const house = await open(t)
    const two = await pair(house)
    await two.ask(two.token)
    const path = `/api/appointments/${two.third}`
    if (end === 'declined') t.match((await two.answer(two.personToken, false)).json(), { state: 'unchanged' })
    if (end === 'taken back') t.match((await two.answer(two.token, false)).json(), { state: 'unchanged' })
    if (end === 'skipped') await house.request('POST', `${path}/skip`, undefined, two.token)
    if (end === 'cancelled') await house.request('POST', `/api/bookings/${two.id}/cancellation`, undefined, two.token)
    if (end === 'lapsed') {
      house.clock.set('2027-02-04T12:00:00Z')
      await house.minute()
      t.match(
        house.mails.filter(({ to }) => to === first).map(({ text }) => text),
        [/stays as it is: Tue 23 Feb/]
      )
    }
    t.same(await startsOf(house, two.id), before)
    for (const at of [start, next]) t.equal((await two.rival(at)).statusCode, 201)
    t.equal((await two.answer(await house.signInPerson(other), true)).statusCode, 409)
    t.match(await soundness(house), sound)
  })

t.test(
  'what staff want of several both are asked; a time off that came meanwhile refuses the yes, and it waits on',
  async t => {
    const house = await open(t)
    const two = await pair(house)
    t.match((await two.ask(await house.signIn())).json(), { move: 'proposed', proposal: { by: 'practice' } })
    t.match((await two.answer(two.token, true)).json(), { state: 'proposed' }, 'the other of them is still asked')
    await house.client`insert into time_off (practice_id, id, resource_id, during, created_at)
    select practice_id, gen_random_uuid(), id, tstzrange('2027-03-04 15:00+00', '2027-03-04 18:00+00'), now() from resources where slug = 'jessica'`
    const refused = await two.answer(two.personToken, true)
    t.match(refused.json(), { status: 409, type: '/problems/slot-taken' })
    t.same(await startsOf(house, two.id), before)
    await house.client`delete from time_off`
    t.match((await two.answer(two.personToken, true)).json(), { state: 'moved' })
    t.same(await startsOf(house, two.id), after)
  }
)

t.test('made up for by two: the other is asked, and the time is kept until then', async t => {
  const house = await open(t)
  const two = await pair(house)
  house.clock.set('2027-02-22T16:00:00Z')
  const [token, theirs] = [await house.openedBy(two.id), await house.signInPerson(other)]
  const path = `/api/appointments/${two.third}`
  t.match((await house.request('POST', `${path}/skip`, undefined, token)).json(), { fee: { amount: 40_000 } })
  await house.work()
  house.mails.splice(0)
  const asked = await house.request('POST', `${path}/move`, { start }, theirs)
  t.match(asked.json(), { state: 'proposed', proposal: { start, expiresAt: '2027-02-24T15:30:00Z' } }, asked.body)
  await house.work()
  t.match(house.mails, [{ to: first, text: /^Hello, would Thu 25 Feb/ }])
  t.equal((await two.rival(start)).statusCode, 409)
  t.match((await house.request('POST', `${path}/move-answer`, { accept: false }, token)).json(), { state: 'unchanged' })
  house.mails.splice(0)
  await house.work()
  t.match(house.mails, [{ to: other, text: /^Hello, another time instead of Tue 23 Feb, .* was not possible/ }])
  await house.request('POST', `${path}/move`, { start }, token)
  const yes = await house.request('POST', `${path}/move-answer`, { accept: true }, theirs)
  t.match(yes.json(), { state: 'moved', start }, yes.body)
  t.same((await startsOf(house, two.id))[2], '02-25 15:30')
  t.match(await house.client`select made_up_at is not null as done from skips`, [{ done: true }])
  t.match(await soundness(house), sound)
})

const races: Record<string, (two: Awaited<ReturnType<typeof pair>>) => (() => Promise<{ statusCode: number }>)[]> = {
  'one takes it back while the other says yes': two => [
    () => two.answer(two.token, false),
    () => two.answer(two.personToken, true)
  ],
  'a rival wants one of the times while the other says yes': two => [
    () => two.rival(next),
    () => two.answer(two.personToken, true),
    () => two.rival(start)
  ],
  'a rival wants one of the times while the other says no': two => [
    () => two.rival(next),
    () => two.answer(two.personToken, false)
  ]
}
for (const [name, rivals] of Object.entries(races))
  t.test(`${name}: all of them move, or none`, async t => {
    let waiting = 0
    // A no holds its locks for a moment: where a few rounds never met, more are run.
    for (let round = 0; round < rounds / 3 || (waiting === 0 && round < 20); round += 1)
      await t.test(`round ${round}`, async t => {
        const house = await open(t)
        const two = await pair(house)
        await two.ask(two.token)
        const raced = await racing(house, rivals(two))
        waiting += raced.waiting
        const starts = await startsOf(house, two.id)
        const yes =
          raced.outcomes.length > 0 && (await house.client`select state from proposals`)[0]?.state === 'accepted'
        t.same(starts, yes ? after : before)
        t.same(await house.client`select 1 from kept_times`, [])
        t.match(await soundness(house), sound)
      })
    t.ok(waiting > 0, 'they stood in each other’s way')
    t.comment(`${waiting} waited for each other`)
  })
