import t from 'tap'
import { aStart, open, someone } from '../support/open.ts'
import { titleOf, valuesOf, visitor } from './visitor.ts'

type House = Awaited<ReturnType<typeof open>>

/** The code and the link of the newest mail to an address. */
async function mailTo({ work, mails }: House, email: string) {
  await work()
  const { text = '' } = mails.findLast(({ to, subject }) => to === email && subject === 'Your code') ?? {}
  return {
    code: /Your code: (\d{8})/.exec(text)?.[1] ?? '',
    link: /http:\/\/localhost:3000(\/s\/[\w-]+)/.exec(text)?.[1]
  }
}

/** Signs in on the pages, and says that nobody else reads the mailbox. */
async function signedIn(house: House, email = someone.email) {
  const browser = visitor(house.app)
  const asked = await browser.post('/sign-in', { email })
  const { code } = await mailTo(house, email)
  const answer = await browser.post(String(asked.headers.location), { code })
  if (answer.headers.location === '/me/mailbox') await browser.post('/me/mailbox', { mailbox: 'own' })
  return browser
}

t.test('a person signs in without JavaScript, is asked who else reads the mailbox, and signs out', async t => {
  const house = await open(t)
  const browser = visitor(house.app)
  t.match((await browser.get('/me')).body, /href="\/sign-in"/, 'whoever is not signed in is led to where they can')
  t.match((await browser.post('/sign-in', { email: 'jo' })).body, /Give an e-mail address such as/)
  const asked = await browser.post('/sign-in', { email: ' jo@example.com ' })
  const form = String(asked.headers.location)
  t.match((await browser.get(form)).body, /on its way to j•••@…/)
  const { code } = await mailTo(house, 'jo@example.com')
  const wrong = await browser.post(form, { code: code === '11111111' ? '22222222' : '11111111' })
  t.match(wrong, { statusCode: 422, body: /That is not the code/ })
  const right = await browser.post(form, { code: `${code.slice(0, 4)} ${code.slice(4)}` })
  t.equal(right.headers.location, '/me/mailbox')
  const mailbox = await browser.get('/me/mailbox')
  t.notMatch(mailbox.body, /<input[^>]* checked/, 'nothing is taken for granted')
  t.equal((await browser.post('/me/mailbox', {})).statusCode, 422)
  t.equal((await browser.post('/me/mailbox', { mailbox: 'own' })).headers.location, '/me')
  for (const url of ['/me', '/me/preferences', '/me/feeds', '/me/sign-in', '/me/mailbox', '/me/address', form]) {
    const page = await browser.get(url)
    t.equal(page.statusCode, 200, url)
    t.equal(titleOf(page), 'Appointment', url)
    t.match(
      page.headers,
      { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': /noindex/ },
      url
    )
    t.match(page.body, /data-leave/, 'a quick way out')
    t.notMatch(page.body, /<title>.*(couple|therap)/i)
  }
  t.equal((await browser.get('/sign-in')).headers.location, '/me')
  await browser.post('/me/sign-out')
  t.equal((await browser.get('/me')).statusCode, 401)
})

t.test(
  'the mailed link names who is signed in, does nothing until the button, and works once in that browser alone',
  async t => {
    const house = await open(t, { limits: { codesAnHour: 100 } })
    const [asking, other] = [visitor(house.app), visitor(house.app)]
    await asking.post('/sign-in', { email: someone.email })
    const { link = '' } = await mailTo(house, someone.email)
    const elsewhere = await other.get(link)
    t.match(elsewhere, { statusCode: 409, body: /in the browser that asked for it/ })
    t.notMatch(elsewhere.body, /•••|<form[^>]*\/s\//)
    t.equal((await other.post(link)).statusCode, 409)
    t.equal((await house.request('POST', '/api/sessions', { link: link.slice(3) })).statusCode, 409)
    t.equal((await other.get('/me')).statusCode, 401)
    for (let time = 0; time < 3; time++) {
      const page = await asking.get(link)
      t.match(page, { statusCode: 200, body: /You are signing in as j•••@…/ })
      t.notMatch(page.body, /jo@example/)
    }
    t.equal((await asking.get('/me')).statusCode, 401, 'looking is not signing in')
    t.equal((await asking.post(link)).headers.location, '/me/mailbox')
    t.equal((await asking.get('/me')).statusCode, 200)
    t.equal((await asking.post(link)).statusCode, 409, 'once')
    const [used, unknown] = [await other.get(link), await other.get(`/s/${'x'.repeat(43)}`)]
    const bare = (body: string) => body.replace(/name="formToken" value="[^"]*"/g, '')
    t.equal(bare(used.body), bare(unknown.body), 'used, foreign and unknown are the same page')
  }
)

t.test('a person sees what is ahead and what was, and adds what was booked with the address', async t => {
  const house = await open(t)
  const one = await house.confirmed()
  const browser = await signedIn(house)
  const home = await browser.get('/me')
  t.match(home.body, /Nothing is ahead/)
  t.match(home.body, /Booked or asked for with this address/)
  t.same(valuesOf(home, 'booking'), [one.id])
  t.notMatch(home.body, /A session for two/i, 'its time alone, until they say that it is theirs')
  t.equal((await browser.post('/me/found', { booking: one.id })).headers.location, '/me')
  const after = await browser.get('/me')
  t.match(after.body, new RegExp(`href="/b/${one.id}/move"`))
  t.notMatch(after.body, /Booked or asked for with this address/)
  t.match((await browser.get(`/b/${one.id}`)).body, /Your appointment is confirmed/)
  const cancel = await browser.get(`/b/${one.id}/cancellation`)
  const [refund = ''] = valuesOf(cancel, 'refund')
  t.equal((await browser.post(`/b/${one.id}/cancellation`, { refund })).headers.location, `/b/${one.id}`)
  t.match((await browser.get('/me')).body, /did not take place/)
  t.equal((await (await signedIn(house, 'al@example.com')).get(`/b/${one.id}`)).statusCode, 404)
})

t.test('one’s own list tells the other’s no in the words of what nobody answered', async t => {
  const house = await open(t)
  const jo = await house.signInPerson()
  const wish = { sessionType: 'couples', together: true, consent: { termsVersion: 1 } }
  const asked = async (start: string) => (await house.request('POST', '/api/bookings', { ...wish, start }, jo)).json()
  const refused = await asked(aStart)
  await asked('2027-02-10T15:00:00Z')
  const no = { answer: 'decline', link: refused.partnerLink }
  const sam = await house.signInPerson('sam@example.com')
  const said = await house.request('POST', `/api/bookings/${refused.id}/acceptance`, no, sam)
  t.equal(said.statusCode, 200, said.body)
  house.clock.move({ days: 4 })
  await house.minute()
  t.match(await house.client`select state from bookings order by state`, [{ state: 'declined' }, { state: 'expired' }])
  const { body } = await (await signedIn(house)).get('/me')
  t.equal(body.match(/was not confirmed/g)?.length, 2)
  t.notMatch(body, 'did not take place')
})

t.test('who is signed in is not asked again who they are when they book', async t => {
  const house = await open(t)
  const browser = await signedIn(house)
  await browser.post('/me/preferences', {
    name: 'Jo',
    zone: 'America/New_York',
    wording: 'discreet',
    calendarChoice: 'invitation'
  })
  const choice = await browser.post('/b', { type: 'couples', slot: `${aStart} jessica office`, zone: 'UTC' })
  const address = String(choice.headers.location)
  const details = await browser.get(address)
  t.match(details.body, /You are signed in as <strong>Jo<\/strong>/)
  t.notMatch(details.body, /name="(name|email|mailbox|phone)"/)
  const [idempotencyKey = ''] = valuesOf(details, 'idempotencyKey')
  const [termsVersion = ''] = valuesOf(details, 'termsVersion')
  const booked = await browser.post(address, {
    idempotencyKey,
    termsVersion,
    agreed: 'yes',
    consent: 'yes',
    email: 'al@example.com'
  })
  t.equal(booked.statusCode, 303, booked.body.slice(0, 2000))
  t.match((await browser.get('/me')).body, /kept for you/)
  const [row] =
    await house.client`select p.proven_at is not null as proven from bookings b join people p on p.id = b.booker_id`
  t.same(row, { proven: true })
})

t.test('what a person decides of our mails is kept, and what is not right is said at its field', async t => {
  const house = await open(t)
  const browser = await signedIn(house)
  const given = {
    name: 'Jo',
    zone: 'Europe/Paris',
    wording: 'plain',
    calendarChoice: 'nothing',
    calendarTitle: 'Dentist'
  }
  t.equal((await browser.post('/me/preferences', given)).headers.location, '/me/preferences?saved=yes')
  const page = await browser.get('/me/preferences?saved=yes')
  t.match(page.body, /value="Europe\/Paris" selected/)
  t.match(page.body, /value="plain"[^>]* checked/)
  t.match(page.body, /value="Dentist"/)
  const wrong = await browser.post('/me/preferences', { ...given, calendarTitle: 'x'.repeat(61), name: 'Still Jo' })
  t.match(wrong, { statusCode: 422, body: /at most 60 characters/ })
  t.match(wrong.body, /value="Still Jo"/, 'nothing that was typed is lost')
})

t.test('a calendar of one’s own is made, renewed and ended', async t => {
  const house = await open(t)
  const browser = await signedIn(house)
  const [idempotencyKey = ''] = valuesOf(await browser.get('/me/feeds'), 'idempotencyKey')
  const made = await browser.post('/me/feeds', { idempotencyKey })
  t.match(made.body, /calendars\/[\w-]{43}\.ics/)
  const [, removal = ''] =
    /action="(\/me\/feeds\/[0-9a-f-]+\/removal)"/.exec((await browser.get('/me/feeds')).body) ?? []
  t.equal((await browser.post(removal)).headers.location, '/me/feeds')
  t.notMatch((await browser.get('/me/feeds')).body, /Addresses that work now/)
})

t.test('another browser is signed out from here, and is then asked for its address', async t => {
  const house = await open(t)
  const one = await signedIn(house)
  const two = await signedIn(house)
  const [, removal = ''] =
    /action="(\/me\/devices\/[0-9a-f-]+\/removal)"/.exec((await two.get('/me/sign-in')).body) ?? []
  t.equal((await two.post(removal)).headers.location, '/me/sign-in')
  t.equal((await one.get('/me')).statusCode, 401)
  t.equal((await two.get('/me')).statusCode, 200)
})

t.test(
  'a page keeps its person signed in for half an hour from the last request, and twelve hours at most',
  async t => {
    const house = await open(t)
    const { clock } = house
    const browser = await signedIn(house)
    for (let minutes = 29; minutes < 12 * 60; minutes += 29) {
      clock.move({ minutes: 29 })
      t.equal((await browser.get('/me')).statusCode, 200)
    }
    clock.move({ minutes: 29 })
    t.equal((await browser.get('/me')).statusCode, 401)
    const again = await signedIn(house)
    clock.move({ minutes: 31 })
    t.equal((await again.get('/me')).statusCode, 401)
  }
)

t.test('a foreign page’s form signs nobody in and changes nothing', async t => {
  const house = await open(t)
  const browser = await signedIn(house)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  for (const url of [
    '/sign-in',
    '/me/preferences',
    '/me/mailbox',
    '/me/address',
    '/me/sign-out',
    '/me/devices/removal'
  ])
    t.equal(
      (
        await house.app.inject({
          method: 'POST',
          url,
          headers: {
            host: 'localhost:3000',
            cookie,
            'sec-fetch-site': 'cross-site',
            'content-type': 'application/x-www-form-urlencoded'
          },
          payload: 'email=a%40example.com'
        })
      ).statusCode,
      403,
      url
    )
})

t.test('private days with a conversation before them are one line, from the first to the last of them', async t => {
  const house = await open(t)
  const days = { sessionType: 'intensive-1-day', start: '2027-03-09T14:00:00Z', together: true }
  const booked = await house.book({ ...days, occurrences: [null, null, '2027-03-02T15:00:00Z', 'propose', null] })
  t.equal(booked.statusCode, 201, booked.body)
  const browser = await signedIn(house)
  await browser.post('/me/found', { booking: booked.json().id })
  t.match((await browser.get('/me')).body, 'Tue 2 Mar, 10:00 EST, to Tue 9 Mar')
})
