import t from 'tap'
import { suggested, tokenIn } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { visitor } from './visitor.ts'

t.test(
  'on the page behind the link, times that would suit go with the wish for another, and with no other answer',
  async t => {
    const house = await open(t)
    const { link, stateOf } = await suggested(house)
    const partner = visitor(house.app)
    const path = `/a/${tokenIn(link)}`
    t.match((await partner.get(path)).body, 'If another time: which ones, if you like')
    const half = await partner.post(`${path}/answers`, { answer: 'other_time', from: '2027-02-10T09:00', to: '' })
    t.equal(half.statusCode, 422)
    t.match(half.body, 'Give each stretch of time a start and an end')
    const over = await partner.post(`${path}/answers`, {
      answer: 'other_time',
      from: '2027-01-10T09:00',
      to: '2027-01-10T10:00'
    })
    t.match([over.statusCode, over.body], [422, 'Give times that are ahead'])
    t.equal(await stateOf(), 'requested', 'nothing was answered by it')
    const said = await partner.post(`${path}/answers`, {
      answer: 'other_time',
      from: '2027-02-10T09:00',
      to: '2027-02-10T12:00'
    })
    t.match([said.statusCode, said.body], [200, 'Your answer is noted'])
    t.match(await house.client`select lower(during)::text as start from possible_times`, [
      { start: '2027-02-10 14:00:00+00' }
    ])
  }
)

t.test('who would rather not is asked for nothing, whatever stands in the fields', async t => {
  const house = await open(t)
  const { link, stateOf } = await suggested(house)
  const said = await visitor(house.app).post(`/a/${tokenIn(link)}/answers`, { answer: 'decline', from: 'x', to: '' })
  t.equal(said.statusCode, 200)
  t.equal(await stateOf(), 'declined')
  t.equal((await house.client`select 1 from possible_times`).length, 0)
})
