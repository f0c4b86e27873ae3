import t from 'tap'
import { nothingLeftOf } from '../support/forgotten.ts'
import { openRetreat } from '../support/retreat.ts'

t.test('ninety days after a place in line came to nothing, nothing of whoever waited is left', async t => {
  const { client, clock, wait, confirmedSeat, lineToken, request, work, minute } = await openRetreat(t, { max: 1 })
  await confirmedSeat('a')
  for (const word of ['b', 'c']) await wait(word)
  await work()
  await request('POST', `/api/waitlist-entries/${lineToken('b')}/leaving`)
  const [row] = await client<{ id: string; person: string; client: string }[]>`
    select id, person_id as person, client_id as client from waitlist_entries where state = 'left'`
  const ids = Object.values(row ?? {})
  t.equal(ids.length, 3)
  clock.move({ days: 89, hours: 23 })
  await minute()
  t.match(await client`select count(*)::int from waitlist_entries where state = 'left'`, [{ count: 1 }])
  clock.move({ hours: 2 })
  await minute()
  await nothingLeftOf(t, client, ids)
  t.match(await client`select state from waitlist_entries`, [{ state: 'waiting' }], 'who still waits is kept')
})

t.test('who booked something besides is kept, and the place in line goes alone', async t => {
  const { client, clock, wait, confirmedSeat, lineToken, request, work, minute } = await openRetreat(t, { max: 1 })
  await confirmedSeat('a')
  await wait('b')
  await work()
  await request('POST', `/api/waitlist-entries/${lineToken('b')}/leaving`)
  const [row] = await client<{ person: string; client: string }[]>`
    select person_id as person, client_id as client from waitlist_entries`
  await client`update people set proven_at = now() where id = ${row?.person ?? ''}`
  clock.move({ days: 91 })
  await minute()
  t.match(await client`select count(*)::int from waitlist_entries`, [{ count: 0 }])
  t.match(await client`select count(*)::int from people where id = ${row?.person ?? ''}`, [{ count: 1 }])
  t.match(await client`select count(*)::int from clients where id = ${row?.client ?? ''}`, [{ count: 1 }])
})
