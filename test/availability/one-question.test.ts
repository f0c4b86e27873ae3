import t from 'tap'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { open } from '../support/open.ts'
import { statementsOf } from '../support/oracles.ts'
import { colleague } from '../support/staff.ts'

t.test('free times are one question to the database, however long the window and however many therapists', async t => {
  const house = await open(t, { limits: { windows: 1000 } })
  const { client, request, book } = house
  const ask = (slug: string, from: string, to: string, more = '') =>
    statementsOf(client, async () => {
      const answer = await request('GET', `/api/session-types/${slug}/slots?from=${from}&to=${to}&zone=UTC${more}`)
      t.equal(answer.statusCode, 200, answer.body)
      t.ok(answer.json().slots.length > 0)
    })
  // The practice itself is looked up once, and remembered.
  await request('GET', '/api/practice')
  const counts = async () => [
    (await ask('individual', '2027-02-09', '2027-02-09')).length,
    (await ask('individual', '2027-02-08', '2027-03-10')).length,
    (await ask('couples', '2027-02-08', '2027-03-31')).length,
    (await ask('couples', '2027-02-08', '2027-02-28', '&place=video')).length
  ]
  t.same(await counts(), [1, 1, 1, 1])
  t.same(await counts(), [1, 1, 1, 1], 'and whether anything changed is one, too')
  for (let index = 0; index < 9; index++) {
    await colleague(house, `other-${index}`, ['therapist'])
    await workLikeJessica(client, `other-${index}`)
  }
  await changeRules(client, 'couples', { therapists: 2, perWeek: 20, demanding: true })
  await client`update resources set care = '{"perDay": 6, "inRow": {"most": 3, "pause": 30}}' where kind = 'therapist'`
  await book({ sessionType: 'individual' })
  house.clock.move({ minutes: 1 })
  await request('GET', '/api/practice')
  t.same(await counts(), [1, 1, 1, 1], 'ten therapists, two together, every rule of care')
})
