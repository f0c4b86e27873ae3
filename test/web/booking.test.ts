import type { Test } from 'tap'
import t from 'tap'
import { buildApp } from '../../src/app.ts'
import { staffPassword } from '../support/database.ts'
import { aStart, open } from '../support/open.ts'
import { titleOf, typed, valuesOf, visitor } from './visitor.ts'

const slot = `${aStart} jessica office`
const zone = 'America/New_York'

/** A browser that has chosen a time and stands before its details. */
async function chosen(t: Test, type = 'couples', start = aStart, place = 'office') {
  const house = await open(t)
  const browser = visitor(house.app)
  const choice = await browser.post('/b', { type, slot: `${start} jessica ${place}`, zone })
  return { ...house, browser, details: String(choice.headers.location) }
}

t.test('a couple books, pays and sees the appointment without JavaScript', async t => {
  const { browser, details, gateway, work } = await chosen(t)
  const paying = await browser.post(details, typed)
  t.equal(paying.statusCode, 303)
  t.match(paying.headers.location, /^https:\/\/pay\.invalid\/cs_/)
  const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
  gateway.pay(checkout)
  const back = await browser.get(`/x/${checkout.replace('cs_', '')}`)
  t.equal(back.statusCode, 303)
  const page = await browser.get(String(back.headers.location))
  t.match(page.body, 'Your appointment is confirmed')
  t.match(page.body, 'Tue 9 Feb,')
  await work()
  const file = await browser.get(`${back.headers.location}/appointment.ics`)
  t.match(file.body, /SUMMARY:Appointment/)
})

t.test(
  'an address after a choice carries neither type nor time, and every page after it is titled Appointment',
  async t => {
    const { browser, details } = await chosen(t)
    t.match(details, /^\/b\/new\/[\w-]{100,}$/)
    const times = await browser.get('/sessions/couples/times')
    const page = await browser.get(details)
    t.same([times, page].map(titleOf), ['Appointment', 'Appointment'])
    t.match(page.headers, { 'cache-control': 'no-store', 'x-robots-tag': /noindex/ })
  }
)

t.test('who chooses a time inside a closed band reads before the click that it can be undone for an hour', async t => {
  const { browser, details, gateway, client } = await chosen(t, 'individual', '2027-02-02T15:00:00Z')
  const page = await browser.get(details)
  t.match(page.body, /so near that nothing comes back if you cancel, but for the first hour/)
  const checkout =
    String((await browser.post(details, typed)).headers.location)
      .split('/')
      .at(-1) ?? ''
  gateway.pay(checkout)
  await browser.get(`/x/${checkout.replace('cs_', '')}`)
  const [booking] = await client<{ id: string }[]>`select id from bookings where state = 'confirmed'`
  t.match((await browser.get(`/b/${booking?.id}`)).body, /Until [^.]* you get \$250 back\. After that nothing/)
  const early = await chosen(t, 'individual', '2027-02-10T15:00:00Z')
  t.notMatch((await early.browser.get(early.details)).body, 'first hour')
})

t.test('a choice that was changed on the way leads nowhere', async t => {
  const { browser, details } = await chosen(t)
  const changed = details.slice(0, -2) + (details.endsWith('AA') ? 'BB' : 'AA')
  t.equal((await browser.get(changed)).statusCode, 404)
})

t.test('the details page names the exact sum, the exact moment and what others could see before the click', async t => {
  const { browser, details } = await chosen(t)
  const { body } = await browser.get(details)
  t.match(body, 'Until Sun 7 Feb, 10:00 EST you get $400 back. After that nothing.')
  t.match(body, 'Your appointment on Tue 9 Feb')
  t.match(body, 'TIR OFFICE')
  t.match(body, 'Pay $400')
})

t.test('what is not right is named at its field, and every word that was typed is kept', async t => {
  const { browser, details } = await chosen(t)
  const answer = await browser.post(details, { name: 'Jo "<b>', email: 'nobody', mailbox: 'shared', termsVersion: '1' })
  t.equal(answer.statusCode, 422)
  t.match(answer.body, 'value="Jo &#34;<b>"')
  t.match(answer.body, 'value="nobody"')
  for (const field of ['email', 'agreed', 'consent']) t.match(answer.body, `id="${field}-fault"`)
  t.notMatch(answer.body, 'id="mailbox-fault"')
})

t.test(
  'a time that was taken meanwhile gives the nearest as buttons, and one of them keeps what was typed',
  async t => {
    const { browser, details, book } = await chosen(t)
    await book()
    const taken = await browser.post(details, typed)
    t.equal(taken.statusCode, 409)
    t.match(taken.body, 'That time has just been taken')
    const [other = ''] = [...taken.body.matchAll(/formaction="([^"]+)"/g)].map(([, address = '']) => address)
    const again = await browser.post(other, { ...typed, change: 'yes' })
    t.equal(again.statusCode, 200)
    t.match(again.body, 'value="Jo Delgado"')
    t.equal((await browser.post(other, typed)).statusCode, 303)
  }
)

t.test('details that are sent twice by a double click book once, and both lead to the same payment', async t => {
  const { browser, details, client, gateway } = await chosen(t)
  const [idempotencyKey = ''] = valuesOf(await browser.get(details), 'idempotencyKey')
  const [one, two] = await Promise.all([1, 2].map(() => browser.post(details, { ...typed, idempotencyKey })))
  t.same([one?.statusCode, two?.statusCode], [303, 303])
  t.equal(one?.headers.location, two?.headers.location)
  t.same([gateway.checkouts.size, (await client`select 1 from bookings`).length], [1, 1])
  const other = await browser.post(details, { ...typed, name: 'Max', idempotencyKey })
  t.match([other.statusCode, other.body], [422, 'This form was sent already'])
})

t.test(
  'details that are sent again after a fault of ours lead to the payment of the booking that they made',
  async t => {
    const { deps, browser, details, client, gateway } = await chosen(t)
    const [idempotencyKey = ''] = valuesOf(await browser.get(details), 'idempotencyKey')
    const openCheckout = async () => {
      throw new Error('a bug')
    }
    const broken = await buildApp({ ...deps, gateway: { ...gateway, openCheckout } }, { checkoutOrigin: '' })
    t.teardown(() => broken.close())
    t.equal((await visitor(broken).post(details, { ...typed, idempotencyKey })).statusCode, 500)
    const again = await browser.post(details, { ...typed, idempotencyKey })
    t.match(again, { statusCode: 303, headers: { location: /^https:\/\/pay\.invalid\// } })
    t.equal((await client`select 1 from bookings`).length, 1)
  }
)

t.test('details that were not right are sent again under the key of their page or of the next', async t => {
  const { browser, details } = await chosen(t)
  const [idempotencyKey = ''] = valuesOf(await browser.get(details), 'idempotencyKey')
  const wrong = await browser.post(details, { ...typed, email: 'nobody', idempotencyKey })
  t.equal(wrong.statusCode, 422)
  const [next] = valuesOf(wrong, 'idempotencyKey')
  t.match(next, /^[\w-]{43}$/)
  t.not(next, idempotencyKey)
  t.equal((await browser.post(details, { ...typed, idempotencyKey })).statusCode, 303)
})

t.test('a free call is confirmed by the mailed code, and a wrong one is told at the field', async t => {
  const { browser, details, mails, work } = await chosen(t, 'consultation', aStart, 'video')
  const { agreed, ...alone } = typed
  const kept = await browser.post(details, alone)
  const address = String(kept.headers.location)
  t.match((await browser.get(address)).body, 'kept for you until')
  await work()
  const code = /code: (\d{8})/.exec(mails.map(({ text }) => text).join())?.[1] ?? ''
  const wrong = await browser.post(`${address}/confirmation`, { code: code === '11111111' ? '22222222' : '11111111' })
  t.equal(wrong.statusCode, 422)
  t.match(wrong.body, 'id="code-fault"')
  await browser.post(`${address}/confirmation`, { code: `${code.slice(0, 4)} ${code.slice(4)}` })
  t.match((await browser.get(address)).body, 'Your appointment is confirmed')
})

t.test(
  'the mailed link becomes a cookie at once, and shows the time alone until a mailed code opens the rest',
  async t => {
    const { app, browser, details, gateway, mails, work } = await chosen(t)
    const paying = await browser.post(details, typed)
    const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
    gateway.pay(checkout)
    await browser.get(`/x/${checkout.replace('cs_', '')}`)
    await work()
    const text = mails.map(({ text }) => text).join()
    const link = /http:\/\/localhost:3000(\/b\/[\w-]{43})/.exec(text)?.[1] ?? ''
    const other = visitor(app)
    const swap = await other.get(link)
    t.match(swap, { statusCode: 303, headers: { 'referrer-policy': 'no-referrer' } })
    t.match(swap.headers.location, /^\/b\/[0-9a-f-]{36}$/)
    const page = await other.get(String(swap.headers.location))
    t.match(page.body, 'Tue 9 Feb,')
    t.notMatch(page.body, /\$400|48 West 20th|Eighty minutes|Delgado|>Together</)
    const before = mails.length
    const asked = await other.post(`${swap.headers.location}/opening-codes`)
    t.match((await other.get(String(asked.headers.location))).body, 'name="opening"')
    await work()
    const code =
      /code: (\d{8})/.exec(
        mails
          .slice(before)
          .map(({ text }) => text)
          .join()
      )?.[1] ?? ''
    await other.post(`${swap.headers.location}/opening`, { opening: code })
    t.match((await other.get(String(swap.headers.location))).body, '$400', 'and a mailed code opens the rest')
  }
)

t.test('a booking opens in no other browser, and what is given back is free again', async t => {
  const { app, browser, details } = await chosen(t, 'consultation', aStart, 'video')
  const { agreed, ...alone } = typed
  const address = String((await browser.post(details, alone)).headers.location)
  t.equal((await visitor(app).get(address)).statusCode, 401)
  await browser.post(`${address}/release`)
  t.match((await browser.get(address)).body, 'will not take place')
  const times = await visitor(app).get(`/sessions/consultation/times?day=2027-02-09`)
  t.ok(valuesOf(times, 'slot').includes(`${aStart} jessica video`))
})

t.test('a form that another site sends is refused', async t => {
  const { app } = await open(t)
  const headers = {
    host: 'localhost:3000',
    'sec-fetch-site': 'cross-site',
    'content-type': 'application/x-www-form-urlencoded'
  }
  const payload = new URLSearchParams({ type: 'couples', slot, zone }).toString()
  t.equal((await app.inject({ method: 'POST', url: '/b', headers, payload })).statusCode, 403)
})

t.test('whether somebody else reads the mailbox is kept with the address', async t => {
  const { browser, details, client } = await chosen(t)
  await browser.post(details, { ...typed, mailbox: 'shared' })
  const rows = await client`select shared_mailbox from contact_points where kind = 'email' order by id desc limit 1`
  t.match(rows[0], { shared_mailbox: true })
})

t.test(
  'a time that the practice must confirm is asked for without paying, accepted in the console, and then paid',
  async t => {
    const { app, browser, details, client } = await chosen(t)
    await askEverything(client)
    t.match((await browser.get(details)).body, 'Ask for this time')
    const address = String((await browser.post(details, typed)).headers.location)
    const kept = await browser.get(address)
    t.match(kept.body, 'We are keeping this time for you')
    t.match(kept.body, 'Until then nothing is charged.')
    const staff = visitor(app)
    await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
    const [, approval = ''] =
      /action="(\/console\/bookings\/[^"]+\/approval)"/.exec((await staff.get('/console')).body) ?? []
    t.equal((await staff.post(approval, { answer: 'accept' })).statusCode, 303)
    t.match((await browser.get(address)).body, 'Continue to payment')
    t.match((await browser.post(`${address}/payment`)).headers.location, /^https:\/\/pay\.invalid\//)
  }
)

t.test('whoever withdraws a request reads that it is withdrawn, and not that it was not confirmed', async t => {
  const { browser, details, client } = await chosen(t)
  await askEverything(client)
  const address = String((await browser.post(details, typed)).headers.location)
  await browser.post(`${address}/release`)
  const { body } = await browser.get(address)
  t.match(body, 'It is withdrawn, as you asked, and the time is free again. Nothing was charged.')
  t.notMatch(body, 'was not confirmed')
})

t.test(
  'who comes back from the card page, or presses twice, is led to the own booking and not told that it is taken',
  async t => {
    const { app, browser, details, client } = await chosen(t)
    const paying = await browser.post(details, typed)
    const again = await browser.get(details)
    t.equal(again.statusCode, 303)
    const page = await browser.get(String(again.headers.location))
    t.match(page.body, 'One step is left: the payment')
    t.equal((await browser.post(details, typed)).headers.location, again.headers.location)
    const own = String(again.headers.location)
    for (const form of ['confirmation', 'opening', 'payment', 'release'])
      t.equal((await browser.get(`${own}/${form}`)).headers.location, own, 'a form’s address leads to the booking')
    t.equal((await client`select 1 from bookings`).length, 1)
    t.equal(paying.statusCode, 303)
    t.equal((await visitor(app).get(details)).statusCode, 409, 'another browser is told that it is taken')
  }
)

t.test('a client moves and cancels by plain forms; the sum shown before is what the page says after', async t => {
  const { browser, details, gateway, work } = await chosen(t)
  const paying = await browser.post(details, typed)
  const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
  gateway.pay(checkout)
  const own = String((await browser.get(`/x/${checkout.replace('cs_', '')}`)).headers.location)
  const times = await browser.get(`${own}/move?from=2027-02-10`)
  t.equal(titleOf(times), 'Appointment')
  const starts = valuesOf(times, 'start')
  t.ok(starts.includes('2027-02-10T15:00:00Z'))
  t.notOk(
    valuesOf(await browser.get(`${own}/move?from=2027-02-09`), 'start').includes(aStart),
    'not the time that it has'
  )
  const chosenTime = { start: '2027-02-10T15:00:00Z' }
  const shown = await browser.post(`${own}/move`, chosenTime)
  t.match(shown, { statusCode: 200, body: 'Until Mon 8 Feb, 10:00 EST you get $400 back. After that nothing.' })
  t.match(shown.body, 'Until Sun 7 Feb, 10:00 EST you get $400 back. After that nothing.', 'and as it is now')
  t.same(valuesOf(shown, 'back'), ['40000'])
  t.match((await browser.get(own)).body, 'Tue 9 Feb,', 'nothing is moved yet')
  t.match(await browser.post(`${own}/move`, { ...chosenTime, back: '40000' }), {
    statusCode: 303,
    headers: { location: own }
  })
  const moved = (await browser.get(own)).body
  t.match(moved, 'Wed 10 Feb,')
  t.match(moved, 'Until Mon 8 Feb, 10:00 EST you get $400 back. After that nothing.')
  const gone = await browser.post(`${own}/move`, { start: '2027-02-10T05:00:00Z' })
  t.match(gone, { statusCode: 409, body: /Choose one of these/ })
  const before = await browser.get(`${own}/cancellation`)
  t.same(valuesOf(before, 'refund'), ['40000'])
  t.match(before.body, '$400')
  t.match(await browser.post(`${own}/cancellation`, { refund: '40001' }), {
    statusCode: 409,
    body: /has changed meanwhile/
  })
  t.match((await browser.get(own)).body, 'Your appointment is confirmed', 'nothing was cancelled for another sum')
  await browser.post(`${own}/cancellation`, { refund: '40000' })
  t.match((await browser.get(own)).body, '$400 goes back to the card')
  await work()
  t.same(
    [...gateway.refunds.values()].map(({ amount }) => amount.amount),
    [40_000]
  )
})

t.test('what was agreed to for one time is not agreed to for another', async t => {
  const { app, browser, details } = await chosen(t)
  await visitor(app).post(details, { ...typed, name: 'A Rival', email: 'rival@example.com' })
  const taken = await browser.post(details, typed)
  t.equal(taken.statusCode, 409)
  t.same(valuesOf(taken, 'name'), ['Jo Delgado'], 'what was typed is kept')
  t.same([...valuesOf(taken, 'consent'), ...valuesOf(taken, 'agreed')], [])
})

t.test('a wrong code at the mailed link is told at the top of the page', async t => {
  const { app, confirmed, mails } = await open(t)
  await confirmed()
  const browser = visitor(app)
  const link = /\/b\/[\w-]{43}/.exec(mails.find(({ to }) => to === 'jo@example.com')?.text ?? '')?.[0] ?? ''
  const own = String((await browser.get(link)).headers.location)
  await browser.post(`${own}/opening-codes`)
  const wrong = await browser.post(`${own}/opening`, { opening: '00000000' })
  t.equal(wrong.statusCode, 422)
  t.ok(wrong.body.indexOf('role="alert"') < wrong.body.indexOf('Your appointment is confirmed'))
})

/** From now on every session of the demo practice waits for its yes. */
async function askEverything(client: Awaited<ReturnType<typeof chosen>>['client']): Promise<void> {
  await client`
    insert into session_type_versions
    select (jsonb_populate_record(v, jsonb_build_object('version', 2, 'rules', jsonb_set(v.rules, '{approval}', 'true')))).*
    from session_type_versions v`
  await client`update session_types set version = 2`
}

t.test(
  'who paid when the time was sold to somebody else reads that it goes back, and not that nothing was charged',
  async t => {
    const { app, gateway, clock, client, minute, book } = await open(t)
    const browser = visitor(app)
    const slot = `${aStart} jessica office`
    const choice = await browser.post('/b', { type: 'couples', slot, zone: 'America/New_York' })
    const paying = await browser.post(String(choice.headers.location), typed)
    const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
    const attempt = checkout.replace('cs_', '')
    // Stripe is silent for long, so that the time is freed and sold; then the payment comes to light.
    gateway.pay(checkout)
    gateway.beSilent(1000)
    clock.move({ minutes: 50 })
    await minute().catch(error => t.match(String(error), /failed/))
    await minute().catch(error => t.match(String(error), /failed/))
    gateway.beSilent(0)
    t.equal((await book()).statusCode, 201)
    const own = String((await browser.get(`/x/${attempt}`)).headers.location)
    const page = await browser.get(own)
    t.match(page.body, 'Your payment reached us after this time was free again.')
    t.notMatch(page.body, 'Nothing was charged')
    t.match(await client`select count(*)::int from refunds`, [{ count: 1 }])
  }
)
