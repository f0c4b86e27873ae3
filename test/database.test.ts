import t from 'tap'
import { open } from './support/open.ts'

t.test('what was written down can neither be changed, deleted nor emptied, not even by the owner', async t => {
  const { client, confirmed } = await open(t)
  await confirmed()
  for (const table of ['ledger', 'audit', 'session_type_versions']) {
    await t.rejects(client.unsafe(`truncate ${table} cascade`), { code: '23001' }, `truncate ${table}`)
    if (table === 'audit') continue // empty in this story: there is no row to change
    await t.rejects(client.unsafe(`delete from ${table}`), { code: '23001' }, `delete from ${table}`)
    await t.rejects(
      client.unsafe(`update ${table} set practice_id = practice_id`),
      { code: '23001' },
      `update ${table}`
    )
  }
})

t.test('a session type is in a version that exists, and a code has a purpose that is known', async t => {
  const { client, book } = await open(t)
  await book({ sessionType: 'consultation' })
  await t.rejects(client`update session_types set version = 99`, { code: '23503' })
  await t.rejects(client`update codes set purpose = 'another'`, { code: '23514' })
})
