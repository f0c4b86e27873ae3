import t from 'tap'
import { openCalls } from '../support/calls.ts'
import { workLikeJessica } from '../support/care.ts'
import { answers, openInvited } from '../support/partners.ts'
import { withoutRandom } from '../support/random.ts'
import { openRetreat } from '../support/retreat.ts'
import { colleague } from '../support/staff.ts'

t.test('what waits is listed by when it was promised, danger first, and says nothing of what it is', async t => {
  const house = await openInvited(t)
  const { answer, request, signIn, clock, book, client } = house
  await answer(answers.question)
  clock.move({ minutes: 1 })
  await answer(answers['not free to speak'])
  await answer(answers['not now'])
  await client`
    insert into session_type_versions
      select practice_id, session_type_id, 2, name, description, plan, price, currency, policy,
        rules || '{"approval": true}', created_at
      from session_type_versions where session_type_id = (select id from session_types where slug = 'couples')`
  await client`update session_types set version = 2 where slug = 'couples'`
  t.match((await book({ start: '2027-02-11T15:00:00Z' })).json(), { state: 'requested' })
  let staff = await signIn()
  const read = async () => (await request('GET', '/api/tasks', undefined, staff)).json().items
  t.match(await read(), [
    { kind: 'reply', danger: true, late: false, dueAt: '2027-02-03T12:01:00Z' },
    { kind: 'reply', danger: false, late: false, dueAt: '2027-02-03T12:00:00Z' },
    { kind: 'approval', danger: false, dueAt: '2027-02-03T12:01:00Z' }
  ])
  t.equal((await read()).length, 3, 'a no waits for nobody')
  t.notMatch(withoutRandom(JSON.stringify(await read())), /MARKED|concern|Jo/)
  clock.set('2027-02-03T12:00:00Z')
  staff = await signIn()
  t.match(await read(), [{ late: false }, { late: true }, {}])
  t.match(await client`select kind from audit where kind = 'read-tasks' limit 1`, [{ kind: 'read-tasks' }])
  for (const [slug, more] of [
    ['oskar', []],
    ['olga', ['billing']]
  ] as const) {
    const { token } = await colleague(house, slug, ['therapist', ...more])
    t.same((await request('GET', '/api/tasks', undefined, token)).json().items, [], 'nothing of another’s')
  }
  await client`update staff set roles = array['assistant']`
  t.match(await read(), [{ kind: 'approval' }], 'the inbox is the therapist’s')
  await client`update staff set roles = array['billing']`
  t.equal((await request('GET', '/api/tasks', undefined, staff)).statusCode, 403)
})

t.test('a caller waits after the call, until somebody says that they have spoken', async t => {
  const { call, request, signIn, clock } = await openCalls(t)
  const { held } = await call()
  const read = async () => (await request('GET', '/api/tasks', undefined, await signIn())).json().items
  t.same(await read(), [])
  clock.set('2027-02-10T23:00:00Z')
  t.match(await read(), [{ kind: 'caller', id: held.booking, dueAt: null }])
  await request('POST', `/api/bookings/${held.booking}/verification`, undefined, await signIn())
  t.same(await read(), [])
})

t.test(
  'whether dates take place is asked of both who lead them, from two weeks before the day and until it is said',
  async t => {
    const house = await openRetreat(t)
    const { request, client, edition, signIn, clock } = house
    const both = ['jessica@example.com', 'alex@example.com']
    await colleague(house, 'alex', ['therapist'])
    await colleague(house, 'blair', ['therapist'])
    await workLikeJessica(client, 'alex')
    const lead = { with: 'alex', goNoGoOn: '2027-04-20' }
    const changed = await request('PATCH', `/api/editions/${edition}`, lead, await signIn())
    t.equal(changed.statusCode, 200, changed.body)
    await client`update staff set roles = '{therapist}' where person_id = (select person_id from resources where slug = 'jessica')`
    const asked = async (email: string) => {
      const { items } = (await request('GET', '/api/tasks', undefined, await signIn(email))).json()
      return items.filter(({ id }: { id: string }) => id === edition)
    }
    clock.set('2027-04-05T16:00:00Z')
    for (const email of [...both, 'blair@example.com']) t.same(await asked(email), [], `${email}: too early`)
    clock.set('2027-04-06T16:00:00Z')
    const task = { kind: 'dates', dueAt: '2027-04-21T03:59:59.999Z', late: false, danger: false }
    for (const email of both) t.match(await asked(email), [task], email)
    t.same(await asked('blair@example.com'), [], 'who does not lead it is not asked')
    clock.set('2027-04-21T04:00:00Z')
    for (const email of both) t.match(await asked(email), [{ kind: 'dates', late: true }], `${email}, the day after`)
    const said = await request(
      'PATCH',
      `/api/editions/${edition}`,
      { decision: 'go' },
      await signIn('alex@example.com')
    )
    t.equal(said.statusCode, 200, said.body)
    for (const email of both) t.same(await asked(email), [], 'it is decided')
  }
)
