import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { buildApp } from '../../src/app.ts'
import { open } from '../support/open.ts'
import { titleOf, typed } from './visitor.ts'

const [shop, quiet] = ['book.example.com', 'time.example.com']

/** A practice as it is set up with a discreet host of its own, over https. */
async function apart(t: Test) {
  const house = await open(t)
  await house.client`update practices set hosts = array[${shop}], links_host = ${quiet}`
  const settings = { ...house.deps.settings, sandbox: false, publicUrl: `https://${shop}` }
  const deps = { ...house.deps, settings }
  const app = await buildApp(deps, { checkoutOrigin: 'https://pay.invalid' })
  t.teardown(() => app.close())
  return { ...house, deps, app }
}

/** A browser: it keeps the cookies of each host apart, and follows no redirect by itself. */
function browser(app: FastifyInstance) {
  const jars = new Map<string, Map<string, string>>()
  return async (method: 'GET' | 'POST', address: string, form?: Record<string, string>) => {
    const { host, pathname, search } = new URL(address)
    const jar = jars.get(host) ?? new Map<string, string>()
    jars.set(host, jar)
    const answer = await app.inject({
      method,
      url: pathname + search,
      headers: {
        host,
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' })
      },
      ...(form && { payload: new URLSearchParams(form).toString() })
    })
    for (const { name, value } of answer.cookies) value ? jar.set(name, value) : jar.delete(name)
    return answer
  }
}

t.test('who chose a time goes on at the discreet host, pays, and comes back to their own booking', async t => {
  const { app, client, gateway } = await apart(t)
  const go = browser(app)
  const times = await go('GET', `https://${shop}/sessions/individual/times?month=2027-02&day=2027-02-09`)
  t.match(String(times.headers['content-security-policy']), `form-action 'self' https://pay.invalid https://${quiet}`)
  const slot = '2027-02-09T15:00:00Z jessica office'
  const chosen = await go('POST', `https://${shop}/b`, { type: 'individual', slot, zone: 'America/New_York' })
  const details = String(chosen.headers.location)
  t.match(details, new RegExp(`^https://${quiet}/b/new/`))
  const shown = await go('GET', details)
  t.equal(titleOf(shown), 'Appointment')
  const paying = await go('POST', details, typed)
  t.match(String(paying.headers.location), /^https:\/\/pay\.invalid/)
  const [attempt] = await client<{ id: string; checkout: string }[]>`select id, checkout_id as checkout from attempts`
  gateway.pay(attempt?.checkout ?? '')
  const back = await go('GET', `https://${quiet}/x/${attempt?.id}`)
  const own = await go('GET', `https://${quiet}${back.headers.location}`)
  t.equal(own.statusCode, 200, 'the browser that booked sees its booking')
  t.match(own.body, 'Your appointment is confirmed')
  t.notMatch(own.body, /Intentional Relationship/)
})

t.test('the discreet host names no practice and no session; the public one shows nobody’s own pages', async t => {
  const { app } = await apart(t)
  const go = browser(app)
  const root = await go('GET', `https://${quiet}/`)
  t.equal(root.statusCode, 404)
  for (const path of ['/', '/contact', '/how-we-write', '/r', '/p', '/nothing']) {
    const answer = await go('GET', `https://${quiet}${path}`)
    t.notMatch(answer.body, /Intentional Relationship/, path)
    t.notMatch(titleOf(answer), /couple|therap|relationship|partner/i, path)
  }
  for (const path of ['/sessions/couples', '/together', '/sessions/couples/times?month=2027-02'])
    t.match(await go('GET', `https://${quiet}${path}`), {
      statusCode: 303,
      headers: { location: `https://${shop}${path}` }
    })
  for (const path of ['/b/01a20ae2-663b-7400-9797-1e34f59e7b72', '/r', '/p', '/sign-in', '/s/abc'])
    t.match(await go('GET', `https://${shop}${path}`), {
      statusCode: 303,
      headers: { location: `https://${quiet}${path}` }
    })
  t.equal((await go('GET', `https://${shop}/`)).statusCode, 200)
  t.equal((await go('GET', `https://${shop}/console/sign-in`)).statusCode, 200)
  const [style = ''] = /\/assets\/style\.[\w-]+\.css/.exec(root.body) ?? []
  t.equal((await go('GET', `https://${quiet}${style}`)).statusCode, 200)
})
