import t from 'tap'
import { checkCode, issueCode, readCode } from '../../src/identity/codes.ts'
import { issueLink, openLink } from '../../src/identity/links.ts'
import { addPerson } from '../../src/identity/people.ts'
import { newId } from '../../src/kernel/ids.ts'
import { openIdentity } from '../support/identity.ts'

const purpose = 'confirm_booking'

async function asked(t: Parameters<typeof openIdentity>[0], most = 10) {
  const opened = await openIdentity(t, {}, most)
  const { deps, db, scope } = opened
  const anew = (email: string) => db.transaction(tx => addPerson(deps, tx, scope, { name: 'Jo', email, zone: 'UTC' }))
  const person = await anew('jo@example.com')
  const subject = newId()
  const issue = async (about = subject, whose = person) =>
    (await db.transaction(tx => issueCode(deps, tx, scope, { purpose, person: whose, subject: about }))) ?? ''
  const read = (id: string) => readCode(deps, db, scope, id)
  const check = (code: string, about = subject) => checkCode(deps, db, scope, { purpose, subject: about, code })
  const wrongOf = (code: string) => String((Number(code) + 1) % 100_000_000).padStart(8, '0')
  return { ...opened, person, subject, anew, issue, read, check, wrongOf }
}

t.test('a code is eight digits, right once, and read by its mail until then', async t => {
  const { issue, read, check, person, subject } = await asked(t)
  const id = await issue()
  const mail = await read(id)
  t.match(mail, { code: /^\d{8}$/, person, subject })
  const { code = '' } = mail ?? {}
  t.equal(await check(` ${code.slice(0, 4)} ${code.slice(4)} `), 'right', 'as people type it')
  t.equal(await check(code), 'spent')
  t.equal(await read(id), undefined)
})

t.test('five wrong tries spend a code, also for who then knows it', async t => {
  const { issue, read, check, wrongOf } = await asked(t)
  const { code = '' } = (await read(await issue())) ?? {}
  for (let tried = 0; tried < 5; tried++) t.equal(await check(wrongOf(code)), 'wrong')
  t.equal(await check(code), 'spent')
})

t.test('fifty tries at the same moment are five tries', async t => {
  const { issue, read, check, wrongOf } = await asked(t, 50)
  const { code = '' } = (await read(await issue())) ?? {}
  const answers = await Promise.all(Array.from({ length: 50 }, () => check(wrongOf(code))))
  t.strictSame([answers.filter(a => a === 'wrong').length, answers.filter(a => a === 'spent').length], [5, 45])
})

t.test('one right code given fifty times at the same moment is right once', async t => {
  const { issue, read, check } = await asked(t, 50)
  const { code = '' } = (await read(await issue())) ?? {}
  const answers = await Promise.all(Array.from({ length: 50 }, () => check(code)))
  t.equal(answers.filter(answer => answer === 'right').length, 1)
})

t.test('a code works for ten minutes', async t => {
  const { issue, read, check, clock } = await asked(t)
  const id = await issue()
  const { code = '' } = (await read(id)) ?? {}
  clock.move({ minutes: 10 })
  t.equal(await check(code), 'spent')
  t.equal(await read(id), undefined)
})

t.test('a newer code ends the older one, and opens no other booking', async t => {
  const { issue, read, check } = await asked(t)
  const first = await issue()
  const { code: old = '' } = (await read(first)) ?? {}
  const { code = '' } = (await read(await issue())) ?? {}
  t.equal(await read(first), undefined)
  if (old !== code) t.equal(await check(old), 'wrong')
  t.equal(await check(code, newId()), 'spent', 'there is no code for another subject')
  t.equal(await check(code), 'right')
})

t.test('a mailbox gets at most three codes an hour, whatever they are for and whoever gave its address', async t => {
  const { issue, clock, anew } = await asked(t)
  t.ok(await issue())
  t.ok(await issue(newId()), 'for another thing')
  t.ok(await issue(newId(), await anew(' JO@example.com')), 'for another booking by the same address')
  t.equal(await issue(), '')
  t.equal(await issue(newId(), await anew('jo@example.com')), '', 'silently')
  t.ok(await issue(newId(), await anew('sam@example.com')), 'another mailbox has its own')
  clock.move({ hours: 1, seconds: 1 })
  t.ok(await issue())
})

t.test('a mailbox gets at most twenty codes a day', async t => {
  const { issue, clock, anew } = await asked(t)
  const given = []
  for (let hour = 0; hour < 8; hour++) {
    for (let count = 0; count < 3; count++) given.push(await issue(newId(), await anew('jo@example.com')))
    clock.move({ hours: 1, seconds: 1 })
  }
  t.equal(given.filter(id => id).length, 20)
  clock.move({ hours: 18 })
  t.ok(await issue(), 'a day after the first')
})

t.test('codes that are asked for at the same moment are all counted', async t => {
  const { issue, anew } = await asked(t, 20)
  const people = await Promise.all(Array.from({ length: 20 }, () => anew('jo@example.com')))
  const given = await Promise.all(people.map(person => issue(newId(), person)))
  t.equal(given.filter(id => id).length, 3)
})

t.test('a code does not stand in its row', async t => {
  const { issue, read, client } = await asked(t)
  const { code = '' } = (await read(await issue())) ?? {}
  const [row] = await client`select code, codes::text as all from codes`
  t.notOk(Buffer.from(row?.code).includes(code))
  t.notOk(row?.all.includes(code) || row?.all.includes(Buffer.from(code).toString('hex')))
})

t.test('a link’s token opens its one thing until it ends; only its hash is kept', async t => {
  const { deps, db, scope, person, subject, clock, client } = await asked(t)
  const link = { purpose: 'booking_mail' as const, person, subject, expiresAt: deps.now().plus({ days: 30 }) }
  const token = await issueLink(db, scope, link)
  t.match(token, /^[\w-]{43}$/, '256 random bits')
  t.match(await openLink(db, scope, token, clock.now()), { purpose: 'booking_mail', person, subject })
  const changed = `${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}`
  for (const wrong of [
    '',
    token.slice(1),
    `${token}A`,
    changed,
    token.toLowerCase() === token ? changed : token.toLowerCase()
  ])
    t.equal(await openLink(db, scope, wrong, clock.now()), undefined)
  const [row] = await client`select links::text as all from links where person_id = ${person}`
  t.notOk(row?.all.includes(token) || row?.all.includes(Buffer.from(token).toString('hex')))
  t.notOk(row?.all.includes(Buffer.from(token, 'base64url').toString('hex')))
  clock.move({ days: 30 })
  t.equal(await openLink(db, scope, token, clock.now()), undefined)
})
