import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { fewTries } from '../../src/notices/retry.ts'
import { startPostgres } from '../../src/sandbox/postgres.ts'
import { readPidFile } from '../../src/sandbox/postgres-process.ts'
import { fill, ownDatabase } from '../support/database.ts'
import { silentLog } from '../support/log.ts'
import { sound, soundness } from '../support/race.ts'
import { race, races } from '../support/races.ts'
import { seeded } from '../support/random.ts'
import { load, stubborn, type Tally } from './load.ts'
import { giveUp, type Several, several, type Which } from './several.ts'

/** How often each is killed. */
const hits = Number(process.env.HITS ?? 3)
const seed = Number(process.env.SEED ?? 20270201)

t.test('on two web processes and a worker every race has one outcome', async t => {
  for (const [name, round] of Object.entries(races))
    await t.test(name, async t => {
      const database = await ownDatabase()
      t.teardown(() => database.drop())
      await race(t, await several(t, database.url), name, round)
    })
})

t.test('a web process or the worker that is killed under load loses nothing', async t => {
  const database = await ownDatabase()
  t.teardown(() => database.drop())
  const house = await several(t, database.url)
  const killed = [0, 0, 0]
  const tally = await underLoad(house, async count => {
    const which = (count % 3) as Which
    killed[which] = (killed[which] ?? 0) + 1
    await house.kill(which)
  })
  await nothingLost(t, house, tally)
  t.comment(`seed ${seed}: killed web ${(killed[0] ?? 0) + (killed[1] ?? 0)} times, the worker ${killed[2]} times`)
})

t.test('a database that is killed under load loses nothing, and nobody has to start the application again', async t => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-killed-'))
  const server = await startPostgres({ dataDir, log: silentLog })
  t.teardown(async () => {
    await server.stop()
    await rm(dataDir, { recursive: true })
  })
  await fill(server.url)
  const house = await several(t, server.url)
  let killed = 0
  const tally = await underLoad(house, async () => {
    const postmaster = async () => (await readPidFile(join(dataDir, 'postgres')))?.pid
    const pid = (await postmaster()) ?? 0
    process.kill(pid, 'SIGKILL')
    killed += 1
    // Until it sees that its postmaster is gone, an orphan of the dead server still answers.
    await until(async () => ![undefined, pid].includes(await postmaster()))
    await until(async () => (await house.client`select 1`.catch(() => [])).length > 0)
  })
  await giveUp(server.url)
  await nothingLost(t, house, tally)
  t.comment(`seed ${seed}: killed the database ${killed} times`)
})

/** Customers go on while something is killed, `hits` times for each of three, at moments of the seed. */
async function underLoad(house: Several, kill: (count: number) => Promise<void>): Promise<Tally> {
  const moments = seeded(seed)
  let going = true
  const customers = load(house, seeded(seed + 1), 6, () => going)
  for (let count = 0; count < hits * 3; count += 1) {
    await setTimeout(600 + moments() * 1800)
    await kill(count)
  }
  await setTimeout(500)
  going = false
  return customers
}

/** Waits for what the database's coming back shows. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (await isSo()) return
    await setTimeout(100)
  }
  throw new Error('The database did not come back in 30 s')
}

/** The hour after: holds end, attempts are asked, refunds are pursued, mails are sent. Then everything is counted. */
async function nothingLost(t: Test, house: Several, tally: Tally): Promise<void> {
  const { client, simulator, mail } = house
  for (let minutes = 0; minutes < 60; minutes += 6) {
    await house.pass(6)
    await house.minute()
  }
  for (const [key, payload] of tally.unsure) {
    const answer = await stubborn(() => house.send('POST', '/api/bookings', { payload, key }))
    t.ok([201, 409].includes(answer?.statusCode ?? 0), `asked again: ${answer?.body}`)
    if (answer?.statusCode === 201) tally.booked.set(answer.json().id, answer.json().token)
  }
  for (let minutes = 0; minutes < 48; minutes += 6) {
    await house.pass(6)
    await house.minute()
  }
  t.match(await soundness(house), sound, 'nothing sold twice, nothing unpaid, no cent gone')
  const bookings = await client<{ id: string; state: string }[]>`select id, state from bookings`
  const states = new Map(bookings.map(({ id, state }) => [id, state]))
  for (const id of tally.booked.keys()) t.ok(states.has(id), 'what was acknowledged is there')
  t.same([...new Set(states.values())].sort(), ['cancelled', 'confirmed', 'expired'], 'every story has its end')

  const taken = [...simulator.state.sessions.values()].filter(({ paid }) => paid)
  const rows = await client<{ checkout: string; state: string }[]>`
    select a.checkout_id as checkout, b.state from attempts a join dues d on d.id = a.due_id
    join bookings b on b.id = d.booking_id where a.checkout_id is not null`
  const bookedBy = new Map(rows.map(({ checkout, state }) => [checkout, state]))
  const returned = new Map([...simulator.state.refunds.values()].map(({ payment, amount }) => [payment, amount]))
  for (const { id, payment, amount } of taken)
    t.ok(
      bookedBy.get(id) === 'confirmed' || returned.get(payment ?? '') === amount,
      'paid: a booking, or all of it back'
    )

  const arrived = new Map<string, number>()
  for (const { mail: one } of mail.received)
    arrived.set(one.messageId ?? '', (arrived.get(one.messageId ?? '') ?? 0) + 1)
  const messages = await client<{ id: string; state: string; tries: number; due: boolean }[]>`
    select message_id as id, state, tries, due_at <= ${house.clock.now().toISO()} as due from messages`
  for (const { id, state, tries, due } of messages) {
    const copies = arrived.get(`<${id}>`) ?? 0
    if (state === 'sent')
      t.ok(copies === 1 || (copies > 1 && tries > 1), `sent, and marked if twice: ${copies}, ${tries}`)
    else
      t.ok((state === 'failed' && tries < fewTries) || !due, 'what is due was sent, or dropped; nothing was given up')
  }
  const told = await client`
    select b.id from bookings b join appointments a on a.booking_id = b.id where b.state = 'confirmed' and not exists (
      select 1 from messages m where m.subject_id in (a.id, b.id) and m.state = 'sent')`
  t.same(told, [], 'every confirmed booking was told by a mail')
  const twice = [...arrived.values()].filter(copies => copies > 1).length
  const count = (state: string) => bookings.filter(booking => booking.state === state).length
  t.comment(
    `${bookings.length} bookings (${count('confirmed')} confirmed, ${count('cancelled')} cancelled, ${count('expired')} expired), ` +
      `${taken.length} payments, ${returned.size} refunds, ${arrived.size} mails, ${twice} of them twice, ` +
      `${tally.unsure.size} answers that never came, ${tally.refused} refused`
  )
}
