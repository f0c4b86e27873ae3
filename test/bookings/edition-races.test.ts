import t from 'tap'
import { keepEdition } from '../../src/bookings/keep-edition.ts'
import { racing, rounds, sound, soundness } from '../support/race.ts'
import { openRetreat } from '../support/retreat.ts'

type Answer = Awaited<ReturnType<Awaited<ReturnType<typeof openRetreat>>['seat']>>
const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode)
const rivals = 50

t.test('50 couples at once for the last seat: one has it, the others are offered the line', async t => {
  const house = await openRetreat(t, { max: 3, most: rivals + 1 })
  await house.confirmedSeat('first')
  await house.confirmedSeat('second')
  const { outcomes, waiting } = await racing<Answer[]>(
    house,
    Array.from({ length: rivals }, (_, index) => () => house.seat(index))
  )
  t.comment(`${waiting} waited in line at once`)
  t.ok(waiting > 1, 'they really met')
  t.equal(codes(outcomes).filter(code => code === 201).length, 1)
  const lost = outcomes.filter(({ statusCode }) => statusCode !== 201)
  t.equal(lost.length, rivals - 1)
  for (const answer of lost) t.match(answer.json(), { status: 409, type: '/problems/edition-full' })
  const [row] = await house.client<{ taken: number }[]>`
    select count(*)::int as taken from bookings where edition_id = ${house.edition}`
  t.equal(row?.taken, 3)
  t.match(await soundness(house), sound)
})

t.test(
  'a seat that is given back, its next in line, newcomers and the job at once: never one couple too many',
  async t => {
    const house = await openRetreat(t, { max: 2, most: 20 })
    for (let round = 0; round < rounds; round++) {
      const seats = (
        await house.client<{ id: string }[]>`
      select id from bookings where edition_id = ${house.edition} and state = 'confirmed'`
      ).length
      for (let free = seats; free < 2; free++) await house.confirmedSeat(`${round}-${free}`)
      const [booking] = await house.client<{ id: string }[]>`
      select id from bookings where edition_id = ${house.edition} and state = 'confirmed' order by id limit 1`
      const given = { id: booking?.id ?? '', token: await house.openedBy(booking?.id ?? '') }
      await house.wait(`${round}-w`)
      const keep = () => keepEdition(house.deps, house.scope, house.edition)
      const { outcomes, waiting } = await racing<[Answer, Answer, Answer, unknown, unknown]>(house, [
        () => house.cancel(given),
        () => house.seat(`${round}-x`),
        () => house.seat(`${round}-y`),
        keep,
        keep
      ])
      t.comment(`${waiting} waited in line at once`)
      t.same(codes(outcomes.slice(0, 3) as Answer[]), [200, 409, 409], 'who waits comes before newcomers')
      await house.work()
      t.equal((await house.line()).at(-1)?.state, 'offered')
      const taken = await house.accept(house.lineToken(`${round}-w`))
      t.equal(taken.statusCode, 201, taken.body)
      await house.pay(taken.json().id)
    }
    t.match(await soundness(house), sound)
  }
)

t.test('an offer is accepted twice at once: one booking', async t => {
  const house = await openRetreat(t, { max: 1, most: 20 })
  const first = await house.confirmedSeat('a')
  await house.wait('b')
  await house.cancel(first)
  await house.work()
  const token = house.lineToken('b')
  const { outcomes } = await racing<Answer[]>(
    house,
    Array(5).fill(() => house.accept(token))
  )
  t.same(codes(outcomes).sort(), [201, 409, 409, 409, 409])
})

t.test(
  'an offer that is accepted at its deadline, against the job: before it, it is theirs; at it, the next one’s',
  async t => {
    const house = await openRetreat(t, { max: 1, most: 20 })
    const keep = () => keepEdition(house.deps, house.scope, house.edition)
    const first = await house.confirmedSeat('a')
    for (const word of ['b', 'c']) await house.wait(word)
    await house.cancel(first)
    await house.work()
    house.clock.move({ hours: 48 })
    const late = await racing<[Answer, unknown, unknown]>(house, [() => house.accept(house.lineToken('b')), keep, keep])
    t.equal(late.outcomes[0].statusCode, 409)
    await house.work()
    t.same(
      (await house.line()).map(({ state }) => state),
      ['lapsed', 'offered']
    )
    house.clock.move({ hours: 47, minutes: 59, seconds: 59 })
    const early = await racing<[Answer, unknown, unknown, Answer]>(house, [
      () => house.accept(house.lineToken('c')),
      keep,
      keep,
      () => house.seat('d')
    ])
    t.same([early.outcomes[0].statusCode, early.outcomes[3].statusCode], [201, 409])
    t.match(await soundness(house), sound)
  }
)
