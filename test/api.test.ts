import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import { buildWorkerApp } from '../src/worker-app.ts'
import { open, someone } from './support/open.ts'

t.test('the OpenAPI description is valid and names every call with its answers', async t => {
  const { request } = await open(t)
  const description = (await request('GET', '/api/openapi.json')).json()
  t.equal(description.openapi, '3.1.0')
  const { valid, errors } = await new Validator().validate(description)
  t.ok(valid, JSON.stringify(errors))
  const paths = Object.keys(description.paths)
  for (const path of [
    '/api/practice',
    '/api/session-types',
    '/api/session-types/{slug}',
    '/api/session-types/{slug}/slots',
    '/api/session-types/{slug}/quote',
    '/api/bookings',
    '/api/bookings/{id}',
    '/api/bookings/{id}/payment',
    '/api/bookings/{id}/approval',
    '/api/sessions',
    '/api/sessions/refresh',
    '/api/sessions/current',
    '/api/therapists',
    '/api/therapists/{slug}/opening-hours',
    '/api/therapists/{slug}/time-off'
  ])
    t.ok(paths.includes(path), path)
  t.same(
    paths.filter(path => path.endsWith('/') || !path.startsWith('/api/')),
    []
  )
  const booking = description.paths['/api/bookings'].post
  t.same(Object.keys(booking.responses['409'].content), ['application/problem+json'])
  t.same(Object.keys(booking.responses['201'].content), ['application/json'])
  t.equal(booking.security, undefined, 'anybody books')
  t.same(description.paths['/api/bookings'].get.security, [{ bearer: [] }])
  const schemas = JSON.stringify(description.components.schemas)
  t.match(schemas, /"format":"date-time"/)
  t.notMatch(JSON.stringify(description.paths), /"schema":\{\}/, 'no answer is left undescribed')
  const docs = await request('GET', '/api/docs')
  t.match(docs, { statusCode: 200, headers: { 'content-type': /^text\/html/ } })
  t.notMatch(docs.body, /https?:\/\/(?!localhost)/, 'the page asks nobody else for anything')
})

t.test('every refusal is problem+json with the same members', async t => {
  const { app, request } = await open(t)
  const answers = [
    await request('GET', '/api/nothing'),
    await request('GET', '/api/session-types/hidden'),
    await app.inject({ method: 'POST', url: '/api/bookings', headers: json, payload: '{"sessionType":' }),
    await app.inject({
      method: 'POST',
      url: '/api/bookings',
      headers: { ...json, 'content-type': 'text/plain' },
      payload: 'x'
    }),
    await app.inject({
      method: 'POST',
      url: '/api/bookings',
      headers: json,
      payload: JSON.stringify({ x: 'x'.repeat(70_000) })
    }),
    await request('POST', '/api/bookings', {}),
    await request('GET', '/api/bookings')
  ]
  t.same(
    answers.map(({ statusCode }) => statusCode),
    [404, 404, 400, 415, 413, 422, 401]
  )
  for (const answer of answers) {
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.match(answer.json(), {
      type: /^\/problems\/[a-z-]+$/,
      title: /\w/,
      status: answer.statusCode,
      detail: /\w/,
      instance: /\w/,
      requestId: /^[0-9a-f-]{36}$/
    })
  }
})

t.test(
  'invalid input names every fault by its pointer and what would be right; unknown fields are refused',
  async t => {
    const { book, request } = await open(t)
    const answer = await book({
      start: 'tomorrow',
      person: { ...someone, email: 'no address', zone: 'Mars/Olympus' },
      colour: 'red'
    })
    t.equal(answer.statusCode, 422)
    const pointers = answer.json().errors.map((fault: { pointer: string }) => fault.pointer)
    for (const pointer of ['/start', '/person/email', '/person/zone'])
      t.ok(pointers.includes(pointer), `${pointer} in ${pointers}`)
    t.match(answer.body, /colour/)
    const days = await request(
      'GET',
      '/api/session-types/couples/slots?from=2027-03-01&to=2027-09-01&zone=America/New_York'
    )
    t.match(days.json(), { status: 422, errors: [{ pointer: '/to', detail: /92/ }] })
    const wrong = (await request('GET', '/api/session-types/couples/slots?from=x&to=2027-03-02&zone=UTC')).json()
    t.match(wrong.errors, [{ pointer: '/from' }])
    t.equal((await book({ together: 'yes' })).statusCode, 422)
  }
)

t.test('the catalogue, the practice and the slots are as the contract says', async t => {
  const { request } = await open(t)
  t.match((await request('GET', '/api/practice')).json(), {
    name: 'The Intentional Relationship',
    zone: 'America/New_York',
    currency: 'USD'
  })
  const types = (await request('GET', '/api/session-types')).json()
  t.same(
    types.items.map(({ slug }: { slug: string }) => slug),
    [
      'consultation',
      'individual',
      'couples',
      'weekly',
      'intensive-1-day',
      'intensive-2-day',
      'intensive-3-day',
      'retreat',
      'programme-8-weeks',
      'assessment'
    ]
  )
  t.match(types.items[2], {
    kind: 'couples',
    minutes: 80,
    price: { amount: 40_000, currency: 'USD' },
    deposit: null,
    approval: false
  })
  const slots = (
    await request('GET', '/api/session-types/couples/slots?from=2027-02-08&to=2027-02-08&zone=America/New_York')
  ).json()
  t.equal(slots.zone, 'America/New_York')
  t.match(slots.slots[0], {
    start: '2027-02-08T14:00:00Z',
    end: '2027-02-08T15:20:00Z',
    therapist: 'jessica',
    place: 'office',
    appointments: [{ start: '2027-02-08T14:00:00Z', end: '2027-02-08T15:20:00Z', who: 'both' }]
  })
  // 09:00–12:00 and 13:00–18:00 hold starts 9:00…10:30 and 13:00…16:30, each half hour.
  t.equal(slots.slots.length, 4 + 8)
  const quote = await request('POST', '/api/session-types/couples/quote', { start: '2027-02-08T14:00:00Z' })
  t.match(
    quote.json(),
    {
      appointments: [
        { start: '2027-02-08T14:00:00Z', end: '2027-02-08T15:20:00Z', who: 'both', free: true, alternatives: [] }
      ],
      price: { amount: 40_000, currency: 'USD' },
      dues: [{ reason: 'full', amount: { amount: 40_000, currency: 'USD' }, dueAt: '2027-02-01T12:00:00Z' }],
      policy: [
        { until: '2027-02-06T14:00:00Z', keep: { amount: 0 }, back: { amount: 40_000 } },
        { until: '2027-02-08T14:00:00Z', keep: { amount: 40_000 }, back: { amount: 0 } }
      ],
      termsVersion: 1
    },
    quote.body
  )
})

t.test('a quote gives back no more than is paid by then, and what it says is what a cancellation gives', async t => {
  const { request, confirmed, client } = await open(t)
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', v.version + 1, 'rules',
      v.rules || '{"pay": {"mode": "deposit", "percent": 50, "daysBefore": 3}}'))).*
    from session_type_versions v join session_types t on t.id = v.session_type_id and t.version = v.version
    where t.slug = 'couples'`
  await client`update session_types set version = version + 1 where slug = 'couples'`
  const quote = (await request('POST', '/api/session-types/couples/quote', { start: '2027-02-09T15:00:00Z' })).json()
  t.match(quote.policy, [
    { until: '2027-02-06T14:00:00Z', keep: { amount: 0 }, back: { amount: 20_000 } },
    { until: '2027-02-07T15:00:00Z', keep: { amount: 0 }, back: { amount: 40_000 } },
    { until: '2027-02-09T15:00:00Z', keep: { amount: 40_000 }, back: { amount: 0 } }
  ])
  const { id, token } = await confirmed()
  t.match((await request('GET', `/api/bookings/${id}/cancellation`, undefined, token)).json(), {
    refund: quote.policy[0].back
  })
})

t.test('a time is refused with the reason and what would be right', async t => {
  const { book, client } = await open(t)
  t.match((await book({ start: '2027-02-02T15:00:00Z' })).json(), { type: '/problems/too-soon', status: 422 })
  t.match((await book({ start: '2027-06-08T15:00:00Z' })).json(), { type: '/problems/too-far', status: 422 })
  const off = (await book({ start: '2027-02-09T15:07:00Z' })).json()
  t.match(off, { type: '/problems/not-offered', status: 422 })
  t.ok(off.alternatives.length > 0)
  t.match((await book({ therapist: 'nobody' })).json(), {
    type: '/problems/not-offered',
    detail: /leave therapist and place out/
  })
  t.match((await book({ consent: { termsVersion: 7 } })).json(), { type: '/problems/terms-changed', status: 422 })
  await client`update session_types set public = false where slug = 'individual'`
  const hidden = (await book({ sessionType: 'individual' })).json()
  t.match(hidden, { type: '/problems/no-such-session-type', status: 404 })
})

t.test('a booking is read by its own token and by staff, and does not exist for anybody else', async t => {
  const { book, request, signIn } = await open(t)
  const mine = (await book()).json()
  const other = (await book({ start: '2027-02-10T15:00:00Z' })).json()
  t.equal((await request('GET', `/api/bookings/${mine.id}`)).statusCode, 401)
  t.equal((await request('GET', `/api/bookings/${mine.id}`, undefined, other.token)).statusCode, 404)
  t.equal((await request('GET', '/api/bookings', undefined, mine.token)).statusCode, 401)
  const staff = await signIn()
  const list = (
    await request('GET', '/api/bookings?from=2027-02-01T00:00:00Z&to=2027-03-01T00:00:00Z&limit=1', undefined, staff)
  ).json()
  t.match(list.items, [{ id: mine.id, people: [{ name: 'Jo Delgado' }] }])
  const rest = (await request('GET', `/api/bookings?after=${list.next}`, undefined, staff)).json()
  t.match(rest, { items: [{ id: other.id }], next: null })
})

const json = { host: 'localhost:3000', 'content-type': 'application/json' }

t.test(
  'a character that no name has, or a year that no calendar has, is a fault of the request and never of ours',
  async t => {
    const { app, request, book, signIn } = await open(t)
    const staff = await signIn()
    const headers = { host: 'localhost:3000' }
    const statusOf = async (url: string) => (await app.inject({ url, headers })).statusCode
    t.equal(await statusOf('/api/session-types/a%00b'), 404)
    t.equal(await statusOf('/sessions/a%00b'), 404)
    const window = 'from=2027-03-01&to=2027-03-07&zone=America/New_York'
    t.equal(await statusOf(`/api/session-types/couples/slots?${window}&therapist=a%00b`), 422)
    t.equal(await statusOf('/api/session-types/couples/slots?from=0000-01-01&to=0000-01-02&zone=UTC'), 422)
    t.match((await book({ therapist: 'a\u0000b' })).json(), { status: 422, errors: [{ pointer: '/therapist' }] })
    t.match((await book({ start: '0000-01-01T00:00:00Z' })).json(), { status: 422, errors: [{ pointer: '/start' }] })
    t.match((await book({ start: '9999-12-31T23:59:59-12:00' })).json(), {
      status: 422,
      errors: [{ pointer: '/start' }]
    })
    t.equal((await request('GET', '/api/bookings?therapist=a%00', undefined, staff)).statusCode, 422)
    const timeOff = { start: '0000-01-01T00:00:00Z', end: '2027-01-01T00:00:00Z' }
    t.equal((await request('POST', '/api/therapists/jessica/time-off', timeOff, staff)).statusCode, 422)
  }
)

t.test('an address that the router cannot read is refused like any other, and is not repeated', async t => {
  const { app } = await open(t)
  for (const [url, status] of [
    ['/api/session-types/%zz', 400],
    [`/api/session-types/${'secret'.repeat(1000)}`, 414]
  ] as const) {
    const answer = await app.inject({ url, headers: { host: 'localhost:3000' } })
    t.equal(answer.statusCode, status)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.match(answer.json(), { type: /^\/problems\//, title: String, status, detail: String, requestId: String })
    t.notMatch(answer.body, /secret|%zz/)
  }
})

t.test('a booking is shown to each reader as the policy table says, and to no one more', async t => {
  const { client, clock, request, book, minute, mails, gateway, signIn } = await open(t)
  const booked = (await book()).json()
  gateway.pay([...gateway.checkouts.keys()][0] ?? '')
  clock.move({ minutes: 36 })
  await minute()
  const see = async (token: string) => {
    const view = (await request('GET', `/api/bookings/${booked.id}`, undefined, token)).json()
    return [...Object.keys(view), ...Object.keys(view.appointments[0] ?? {}).map(key => `appointment.${key}`)].sort()
  }
  const times = ['appointment.end', 'appointment.id', 'appointment.start', 'appointment.state']
  const still = ['appointments', 'holdUntil', 'id', 'state']
  const bare = [...times, ...still]
  const link = /\/b\/([\w-]{43})/.exec(mails.find(({ to }) => to === someone.email)?.text ?? '')?.[1] ?? ''
  t.strictSame(await see(link), bare, 'by the mailed link: the time alone, also not for how many it is')
  const staff = async (roles: string) => {
    await client`update staff set roles = ${`{${roles}}`}::text[]`
    return see(await signIn())
  }
  const where = ['appointment.place', 'appointment.therapist']
  t.strictSame(await staff('billing'), [...still, 'client', 'dues', 'price'].sort(), 'billing: amounts, and no time')
  t.strictSame(
    await staff('assistant'),
    [...bare, 'appointment.therapist', 'client', 'people'].sort(),
    'the assistant: time and name, not where'
  )
  const all = [...bare, ...where, 'appointment.who', 'client', 'dues', 'people', 'price', 'sessionType'].sort()
  t.strictSame(await staff('therapist'), all, 'the own therapist: all')
  await client`update resources set person_id = (select booker_id from bookings) where kind = 'therapist'`
  t.strictSame(await see(await signIn()), bare, 'another therapist: busy')
})

t.test('an unknown field is refused wherever it stands', async t => {
  const { request, signIn } = await open(t)
  const staff = await signIn()
  for (const path of ['/api/session-types', '/api/practice', '/api/therapists/jessica/time-off'])
    t.match(
      (await request('GET', `${path}?colour=red`, undefined, staff)).json(),
      { status: 422, detail: /colour/ },
      path
    )
  const hours = {
    zone: 'America/New_York',
    hours: [],
    exceptions: [{ date: '2027-03-01', hours: [{ from: '10:00', to: '12:00', colour: 1 }] }]
  }
  t.match((await request('PUT', '/api/therapists/jessica/opening-hours', hours, staff)).json(), {
    status: 422,
    errors: [{ pointer: '/exceptions/0/hours/0/colour', detail: /leave it out/ }]
  })
  for (const path of ['/api/bookings/01900000-0000-7000-8000-000000000000/payment', '/api/therapists/jessica/feeds'])
    t.match(
      (await request('POST', path, { 'a/b': 1 }, staff)).json(),
      { status: 422, errors: [{ pointer: '/a~1b' }] },
      path
    )
})

t.test('a method that a known address does not take is refused with those that it takes', async t => {
  const { app, deps } = await open(t)
  const headers = { host: 'localhost:3000' }
  const id = '01900000-0000-7000-8000-000000000000'
  for (const [method, url, allow] of [
    ['DELETE', '/api/bookings', 'GET, HEAD, POST'],
    ['PATCH', '/api/bookings/', 'GET, HEAD, POST'],
    ['GET', '/api/session-types/couples/quote?start=now', 'POST'],
    ['HEAD', '/api/sessions/current', 'DELETE'],
    ['OPTIONS', '/api/therapists/jessica/opening-hours', 'GET, HEAD, PUT'],
    ['POST', `/calendars/${'a'.repeat(43)}.ics`, 'GET, HEAD'],
    ['GET', '/stripe/webhook', 'POST'],
    ['POST', '/livez', 'GET, HEAD'],
    ['PUT', `/b/${id}`, 'GET, HEAD'],
    ['GET', '/b', 'POST'],
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/api/docs/static/any.js', 'GET, HEAD']
  ] as const) {
    const answer = await app.inject({ method, url, headers })
    t.match(answer, { statusCode: 405, headers: { allow } }, `${method} ${url}`)
    if (method === 'HEAD') continue
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    t.match(answer.json(), { type: '/problems/wrong-method', status: 405, detail: `This address takes ${allow}` })
    t.notMatch(answer.body, /aaaa|01900000/, 'the address is not repeated')
  }
  for (const [method, url] of [
    ['GET', '/api/docs/static/nothing.js'],
    ['GET', `/calendars/${'a'.repeat(43)}`],
    ['GET', '/api/session-types/nothing'],
    ['POST', '/api/nothing'],
    ['DELETE', `/b/${id}/nothing`],
    ['POST', '/api/session-types/a/b/quote']
  ] as const) {
    const answer = await app.inject({ method, url, headers })
    t.match(answer, { statusCode: 404, headers: { allow: undefined } }, `${method} ${url}`)
  }
  const form = await app.inject({
    method: 'POST',
    url: '/how-we-write',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' },
    payload: 'a='.padEnd(100_000, 'a')
  })
  t.equal(form.statusCode, 405, 'whatever it brings, and from wherever')
  const page = await app.inject({ url: `/b/${id}/codes`, headers: { ...headers, accept: 'text/html' } })
  t.match(page, { statusCode: 405, headers: { allow: 'POST', 'content-type': /^text\/html/ } })
  t.match(page.body, /There is nothing to open here.*go back/s)
  t.match(page.body, 'TIR Office')
  const worker = await buildWorkerApp(deps, {})
  t.teardown(() => worker.close())
  t.match(await worker.inject({ method: 'POST', url: '/readyz' }), { statusCode: 405, headers: { allow: 'GET, HEAD' } })
})
