import t, { type Test } from 'tap'
import { withoutRandom } from '../support/random.ts'
import { openRetreat } from '../support/retreat.ts'

/** Everything that anybody may ask about the dates, without the ids of this house and of the request. */
async function publicAnswers(house: Awaited<ReturnType<typeof openRetreat>>): Promise<string[]> {
  const { request, edition, seat } = house
  const answers = [
    await request('GET', '/api/session-types'),
    await request('GET', '/api/session-types/retreat'),
    await request('GET', '/api/session-types/retreat/editions'),
    await request('GET', '/sessions/retreat'),
    await request('POST', '/api/session-types/retreat/quote', { edition })
  ]
  const state = await house.publicState()
  if (state === 'waitlist') answers.push(await seat('asks'))
  return answers.map(({ statusCode, headers, body }) =>
    withoutRandom(`${statusCode} ${JSON.stringify({ ...headers, date: '', etag: '' })} ${body}`)
      .replaceAll(/nonce-[^']+/g, '')
      .replaceAll(/"set-cookie":"[^"]*"/g, '')
  )
}

async function withSeats(t: Test, taken: number, waiting: number, max = 3): Promise<string[]> {
  const house = await openRetreat(t, { max })
  for (let seat = 0; seat < taken; seat++) await house.confirmedSeat(seat)
  for (let place = 0; place < waiting; place++) await house.wait(`w${place}`)
  return publicAnswers(house)
}

t.test(
  'nothing public says how many places there are, are left, or are waited for: it says open, or waitlist',
  async t => {
    const open = await withSeats(t, 0, 0)
    t.same(await withSeats(t, 2, 0), open, 'one place is left, or all of them')
    t.same(await withSeats(t, 2, 0, 6), open, 'of three or of six')
    const full = await withSeats(t, 3, 0)
    t.notSame(full, open)
    t.same(await withSeats(t, 3, 3), full, 'whether anybody waits')
    t.same(await withSeats(t, 1, 0, 1), full, 'of one or of three')
    // How many days a step lies after another is no count of anybody.
    const gaps = /"after":\{"min":\d+,"max":\d+\}/g
    for (const answer of [...open, ...full])
      t.notMatch(answer.replaceAll(gaps, ''), /seats|"max"|"min"|places left|only \d/)
  }
)

t.test('a seat that is kept for who waits looks like one that is taken', async t => {
  const kept = await openRetreat(t, { max: 1 })
  const first = await kept.confirmedSeat('a')
  await kept.wait('b')
  const before = await publicAnswers(kept)
  await kept.cancel(first)
  t.same(await publicAnswers(kept), before, 'before the line was asked')
  await kept.work()
  t.same(await publicAnswers(kept), before, 'while it is kept')
})
