import t from 'tap'
import { addPerson, addStaff, normalisedAddress, readPerson } from '../../src/identity/people.ts'
import { constraintOf } from '../../src/kernel/database.ts'
import { jessica, openIdentity } from '../support/identity.ts'

const jo = { name: ' Jo Delgado ', email: ' Jo@Example.com ', phone: '+1 (212) 555-0100', zone: 'America/New_York' }

t.test('an address is found again however it was typed', async t => {
  for (const typed of ['jo@example.com', ' Jo@EXAMPLE.com\t', 'JO@example.COM'])
    t.equal(normalisedAddress(typed), 'jo@example.com')
  t.equal(
    normalisedAddress('Zoe\u0308@example.com'),
    normalisedAddress('zo\u00eb@example.com'),
    'one form of each letter'
  )
  for (const address of ['JÖ@example.com', 'İ@example.com', 'ſ@example.com'])
    t.equal(normalisedAddress(normalisedAddress(address)), normalisedAddress(address))
})

t.test('who books is a new, unproven person each time, even with the address of one who is known', async t => {
  const { deps, scope, db } = await openIdentity(t)
  const add = (email: string) => db.transaction(tx => addPerson(deps, tx, scope, { ...jo, email }))
  const ids = [await add(jo.email), await add(jo.email), await add(jessica)]
  t.equal(new Set(ids).size, 3)
  for (const id of ids) t.match(await readPerson(deps, db, scope, id), { proven: false, name: 'Jo Delgado' })
  t.strictSame(await readPerson(deps, db, scope, ids[0] ?? ''), {
    id: ids[0],
    name: 'Jo Delgado',
    email: 'Jo@Example.com',
    phone: '+1 (212) 555-0100',
    zone: 'America/New_York',
    wording: 'discreet',
    calendarChoice: 'invitation',
    calendarTitle: null,
    sharedMailbox: false,
    proven: false
  })
})

t.test('an address belongs to one proven person of a practice', async t => {
  const { deps, scope, db } = await openIdentity(t)
  const add = (email: string) =>
    db.transaction(tx =>
      addStaff(deps, tx, scope, { name: 'Sam', email, password: 'a long password', roles: ['billing'] })
    )
  const id = await add('sam@example.com')
  t.match(await readPerson(deps, db, scope, id), { proven: true, zone: scope.practice.zone })
  t.equal(await add('SAM@example.com').then(String, constraintOf), 'contact_points_proven')
  await t.rejects(add(jessica))
})

t.test('sealed words do not open in another row, for another person or in another column', async t => {
  const { deps, scope, db, client } = await openIdentity(t)
  const add = () => db.transaction(tx => addPerson(deps, tx, scope, jo))
  const [one, two] = [await add(), await add()]
  const unread = () => t.rejects(readPerson(deps, db, scope, one), /authenticate/)
  await client`update people set name = (select name from people where id = ${two}) where id = ${one}`
  await unread()
  await client`update people set name = null where id = ${one}`
  await client`update contact_points c set value = (select value from contact_points o where o.person_id = c.person_id and o.kind = 'phone') where person_id = ${one} and kind = 'email'`
  await unread()
  await client`update people set data_key = (select data_key from people where id = ${two}) where id = ${one}`
  await unread()
  t.match(await readPerson(deps, db, scope, two), { name: 'Jo Delgado' })
})

t.test('with the data key everything that was sealed with it is gone', async t => {
  const { deps, scope, db, client } = await openIdentity(t)
  const id = await db.transaction(tx => addPerson(deps, tx, scope, jo))
  await client`update people set data_key = null, name = null where id = ${id}`
  await t.rejects(readPerson(deps, db, scope, id), /erased/)
})
