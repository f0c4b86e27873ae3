import t from 'tap'
import { open } from '../support/open.ts'

const credentials = { email: 'jessica@example.com', password: 'correct horse battery' }
const staffCall = '/api/therapists'

t.test('a refresh token works once and is exchanged for the next', async t => {
  const { request, clock } = await open(t)
  const first = (await request('POST', '/api/sessions', credentials)).json()
  clock.move({ minutes: 14 })
  const second = await request('POST', '/api/sessions/refresh', { refreshToken: first.refreshToken })
  t.equal(second.statusCode, 200, second.body)
  t.not(second.json().refreshToken, first.refreshToken)
  t.equal((await request('GET', staffCall, undefined, second.json().accessToken)).statusCode, 200)
})

t.test('a refresh token that comes twice ends the whole sign-in, and it is written down and told', async t => {
  const { request, client, work, mails } = await open(t)
  const first = (await request('POST', '/api/sessions', credentials)).json()
  const second = (await request('POST', '/api/sessions/refresh', { refreshToken: first.refreshToken })).json()
  t.equal((await request('POST', '/api/sessions/refresh', { refreshToken: first.refreshToken })).statusCode, 401)
  t.equal((await request('POST', '/api/sessions/refresh', { refreshToken: second.refreshToken })).statusCode, 401)
  t.equal(
    (await request('GET', staffCall, undefined, second.accessToken)).statusCode,
    401,
    'the access token is dead too'
  )
  t.equal((await client`select 1 from events where kind = 'staff.session-reused'`).length, 1)
  await work()
  t.equal(mails.length, 1, 'once, though the ended sign-in was tried again')
  t.match(mails, [{ to: credentials.email, subject: 'Your sign-in', text: /somebody may have copied it/ }])
  t.notMatch(mails[0]?.text, /session|token|\/s\//i)
  t.match(mails[0]?.text, /After sign-in: http:\/\/localhost:3000\/console\n/)
})

t.test('of two refreshes at the same moment one at most goes on', async t => {
  const { request } = await open(t)
  const { refreshToken } = (await request('POST', '/api/sessions', credentials)).json()
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => request('POST', '/api/sessions/refresh', { refreshToken }))
  )
  t.equal(answers.filter(({ statusCode }) => statusCode === 200).length, 1)
  t.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 7)
})

t.test('a sign-in ends after its fifteen minutes, after eight hours, and at once with the sign-out', async t => {
  const { request, clock } = await open(t)
  const { accessToken } = (await request('POST', '/api/sessions', credentials)).json()
  t.equal((await request('GET', staffCall, undefined, accessToken)).statusCode, 200)
  clock.move({ minutes: 15, seconds: 1 })
  t.equal((await request('GET', staffCall, undefined, accessToken)).statusCode, 401)
  const again = (await request('POST', '/api/sessions', credentials)).json()
  t.equal((await request('DELETE', '/api/sessions/current', undefined, again.accessToken)).statusCode, 204)
  t.equal((await request('GET', staffCall, undefined, again.accessToken)).statusCode, 401)
  let { refreshToken } = (await request('POST', '/api/sessions', credentials)).json()
  let last = 200
  for (let minutes = 0; minutes <= 8 * 60 && last === 200; minutes += 14) {
    clock.move({ minutes: 14 })
    const answer = await request('POST', '/api/sessions/refresh', { refreshToken })
    last = answer.statusCode
    refreshToken = answer.json().refreshToken
  }
  t.equal(last, 401, 'not even a busy one lives longer than eight hours')
})

t.test('no token, password, name or address stands in the database in clear', async t => {
  const { request, book, client, work } = await open(t)
  const tokens = (await request('POST', '/api/sessions', credentials)).json()
  const { token } = (await book()).json()
  await work()
  const tables = await client<{ name: string }[]>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema in ('public', 'pgboss') and table_type = 'BASE TABLE'`
  t.ok(tables.length > 25)
  const marks = [tokens.refreshToken, tokens.accessToken, token, credentials.password, 'Jo Delgado', 'jo@example.com']
  for (const { name } of tables) {
    const rows = JSON.stringify(await client.unsafe(`select t::text as row from ${name} t`))
    for (const mark of marks) {
      t.notOk(rows.includes(mark), `${mark.slice(0, 12)} in ${name}`)
      t.notOk(rows.includes(Buffer.from(mark).toString('hex')), `${mark.slice(0, 12)} as bytes in ${name}`)
    }
  }
})
