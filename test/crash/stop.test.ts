import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import t from 'tap'
import { startApart } from '../support/house.ts'

t.test('told to stop, a process says so while it still serves, ends what it was at, and is gone', async t => {
  const house = await startApart(t, () => ({ DRAIN_SECONDS: '8' }))
  const ready = async () => {
    const answer = await fetch(`${house.origin}/readyz`, { headers: { connection: 'close' } })
    return { status: answer.status, ...JSON.parse(await answer.text()) }
  }
  t.match(await ready(), { status: 200, ready: true, closing: false })

  // A request of which half has arrived when the signal comes.
  const body = JSON.stringify({ email: 'jessica@example.com', password: house.staff.password })
  const agent = new Agent({ keepAlive: false })
  const half = request(`${house.origin}/api/sessions`, {
    agent,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  })
  const answered = once(half, 'response')
  half.write(body.slice(0, 20))
  await once(half, 'socket')

  const exited = once(house.process, 'exit')
  house.process.kill('SIGTERM')
  while (!(await ready()).closing) await setTimeout(20)
  t.match(await ready(), { status: 503, ready: false, database: true, closing: true })
  t.equal(
    (await fetch(`${house.origin}/api/session-types`)).status,
    200,
    'who comes before the proxy noticed is served'
  )
  half.end(body.slice(20))
  const [response] = await answered
  t.equal(response.statusCode, 200)
  response.resume()
  const [code, signal] = await exited
  t.same([code, signal], [0, null])
  await t.rejects(ready())
})

t.test('told twice to stop, it goes at once', async t => {
  const house = await startApart(t, () => ({ DRAIN_SECONDS: '30' }))
  const exited = once(house.process, 'exit')
  house.process.kill('SIGTERM')
  while ((await fetch(`${house.origin}/readyz`)).status === 200) await setTimeout(20)
  house.process.kill('SIGTERM')
  await exited
  t.pass()
})
