import t from 'tap'
import { lapseDue } from '../../src/bookings/expire.ts'
import { needApprovalOf, tokenIn } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { racing, sound, soundness } from '../support/race.ts'

type House = Awaited<ReturnType<typeof open>>
type Answer = Awaited<ReturnType<House['request']>>
const rounds = Number(process.env.ROUNDS ?? 5)
const days = ['02-09', '02-10', '02-11', '02-16', '02-17', '02-18', '02-22', '02-23', '02-24', '02-25']
const at = (round: number) => `2027-${days[round % days.length]}T${round % 20 < 10 ? '15' : '19'}:00:00Z`

/** A suggested time of somebody new, and people who are signed in and hold its link. */
async function suggest(house: House, round: number, emails: readonly string[]) {
  const email = `first-${round}@example.com`
  const person = { name: 'Jo', email, zone: 'America/New_York' }
  const booked = (await house.book({ start: at(round), together: true, person })).json()
  const { id, token, partnerLink } = booked
  const people: string[] = []
  for (const email of emails) people.push(await house.signInPerson(email))
  const accept = (index: number) => () =>
    house.request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept', link: partnerLink }, people[index])
  const refuse = () =>
    house.request('POST', `/api/partner-links/${tokenIn(partnerLink)}/answers`, { answer: 'decline' })
  const withdraw = () => house.request('POST', `/api/bookings/${id}/release`, undefined, token)
  const stateOf = async () =>
    (await house.client<{ state: string }[]>`select state from bookings where id = ${id}`)[0]?.state
  const members = async () =>
    (
      await house.client`select distinct person_id from participants p join appointments a on a.id = p.appointment_id
      where a.booking_id = ${id}`
    ).length
  return { id: String(id), accept, refuse, withdraw, stateOf, members }
}
type Suggested = Awaited<ReturnType<typeof suggest>>

const codes = (answers: readonly Answer[]) => answers.map(({ statusCode }) => statusCode).sort()

/** Each race: who runs, and what must hold whoever was faster. */
const races: Record<
  string,
  {
    approval?: boolean
    emails: number
    run(house: House, time: Suggested, staff: string): (() => Promise<Answer>)[]
    holds(t: Parameters<typeof open>[0], outcomes: Answer[], time: Suggested): Promise<void>
  }
> = {
  'two acceptances at once: one of them is the other, and nobody else': {
    emails: 3,
    run: (_house, { accept }) => [accept(0), accept(1), accept(2)],
    async holds(t, outcomes, { stateOf, members }) {
      t.same(codes(outcomes), [200, 409, 409])
      t.equal(await stateOf(), 'held')
      t.equal(await members(), 3, 'the booker, the therapist and one more')
    }
  },
  'the same acceptance several times at once: it counts once': {
    approval: true,
    emails: 1,
    run: (_house, { accept }) => [accept(0), accept(0), accept(0)],
    async holds(t, outcomes, { stateOf, members }) {
      t.same(codes(outcomes), [200, 200, 200])
      t.equal(await stateOf(), 'requested')
      t.equal(await members(), 3)
    }
  },
  'acceptance against a no: the time is held, or it is free': {
    emails: 1,
    run: (_house, { accept, refuse }) => [accept(0), refuse],
    async holds(t, [accepted, refused], { stateOf }) {
      const state = await stateOf()
      if (accepted?.statusCode === 200) t.same([state, refused?.statusCode], ['held', 409])
      else t.same([state, accepted?.statusCode, refused?.statusCode], ['declined', 409, 200])
    }
  },
  'acceptance against withdrawal: the time is held or released, never both': {
    emails: 1,
    run: (_house, { accept, withdraw }) => [accept(0), withdraw],
    async holds(t, [accepted, withdrawn], { stateOf }) {
      t.equal(withdrawn?.statusCode, 200, 'who booked may always let it go')
      t.ok([200, 409].includes(accepted?.statusCode ?? 0))
      t.equal(await stateOf(), 'expired')
    }
  },
  'approval against acceptance: both count, and the last one makes it held': {
    approval: true,
    emails: 1,
    run: (house, { id, accept }, staff) => [
      accept(0),
      () => house.request('POST', `/api/bookings/${id}/approval`, { approved: true }, staff)
    ],
    async holds(t, outcomes, { stateOf }) {
      t.same(codes(outcomes), [200, 200])
      t.equal(await stateOf(), 'held')
    }
  },
  'the practice’s no against acceptance: it is declined': {
    approval: true,
    emails: 1,
    run: (house, { id, accept }, staff) => [
      accept(0),
      () => house.request('POST', `/api/bookings/${id}/approval`, { approved: false }, staff)
    ],
    async holds(t, [accepted, declined], { stateOf }) {
      t.equal(declined?.statusCode, 200)
      t.ok([200, 409].includes(accepted?.statusCode ?? 0))
      t.equal(await stateOf(), 'declined')
    }
  }
}

for (const [name, { approval, emails, run, holds }] of Object.entries(races))
  t.test(name, async t => {
    const house = await open(t, {
      most: 50,
      limits: { signIns: 1000, answers: 1000, codesAnHour: 1000, codesADay: 1000 }
    })
    if (approval) await needApprovalOf(house, 'couples')
    let met = 0
    for (let round = 0; round < rounds; round += 1) {
      const staff = await house.signIn()
      const names = Array.from({ length: emails }, (_, index) => `other-${round}-${index}@example.com`)
      const time = await suggest(house, round, names)
      const { outcomes, waiting } = await racing<Answer[]>(house, run(house, time, staff))
      met += waiting > 0 ? 1 : 0
      await holds(t, outcomes, time)
    }
    await house.work()
    t.match(await soundness(house), sound, 'nothing is lost and nothing sold twice')
    t.comment(`${name}: ${rounds} rounds, in ${met} of them somebody waited for somebody`)
    t.ok(met > 0, 'they really met')
  })

t.test('acceptance against lapse, at the very deadline: held, or expired and free', async t => {
  const house = await open(t, {
    most: 50,
    limits: { signIns: 1000, answers: 1000, codesAnHour: 1000, codesADay: 1000 }
  })
  let met = 0
  const seen: Record<string, number> = {}
  for (let round = 0; round < rounds; round += 1) {
    const time = await suggest(house, round, [`other-${round}@example.com`])
    const [row] = await house.client<
      { deadline: Date }[]
    >`select deadline from acceptances where booking_id = ${time.id}`
    const { now } = house.deps
    const deadline = new Date(String(row?.deadline)).getTime()
    // The clock that the lapse reads is at the deadline, that of the acceptance a moment before it: both think that they may.
    const before = { ...house.deps, now: () => now().plus({ milliseconds: deadline - now().toMillis() }) }
    const { outcomes, waiting } = await racing<[Answer, unknown]>(house, [time.accept(0), () => lapseDue(before)])
    met += waiting > 0 ? 1 : 0
    const state = (await time.stateOf()) ?? ''
    seen[state] = (seen[state] ?? 0) + 1
    t.same([outcomes[0].statusCode, state], outcomes[0].statusCode === 200 ? [200, 'held'] : [409, 'expired'])
  }
  await house.work()
  t.match(await soundness(house), sound)
  t.comment(`acceptance against lapse: ${rounds} rounds, ${met} met, ${JSON.stringify(seen)}`)
})
