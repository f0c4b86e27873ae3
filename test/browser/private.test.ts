import type { Locator, Page } from 'playwright-core'
import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { type House, startHouse } from '../support/house.ts'

const house = await startHouse(t)
const browser = await openBrowser()

/** A page to share, as a program makes it: its address, and the booking's token. */
async function invite({ origin }: House, email: string, start: string): Promise<{ url: string }> {
  const post = async (path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return JSON.parse(await answer.text())
  }
  const person = { name: 'Jo', email, zone: 'America/New_York' }
  const booked = await post('/api/bookings', { sessionType: 'individual', start, person, consent: { termsVersion: 1 } })
  return post('/api/partner-invitations', { text: 'curiosity' }, booked.token)
}

const entries = (page: Page) => page.evaluate(() => history.length)

t.test(
  'whatever somebody does on a private page is one entry in the browser’s history, to the quick way out',
  async t => {
    const { url } = await invite(house, 'one@example.com', '2027-02-09T15:00:00Z')
    const person = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: 'private' })
    const { page, press } = person
    await person.open(url)
    await page.waitForLoadState('networkidle')
    const before = await entries(page)
    const same = async (step: string) => {
      await person.note(step)
      t.equal(await entries(page), before, step)
    }
    await press(page.getByRole('link', { name: /^Ask or say something/ }))
    await same('door')
    t.ok(await page.getByLabel('I have no time for this').isVisible())
    await press(page.getByRole('link', { name: 'Other forms than a weekly hour' }))
    await page.getByRole('heading', { name: 'Forms side by side' }).waitFor()
    await same('forms')
    await person.page.goto(url)
    await page.waitForLoadState('networkidle')
    const again = await entries(page)
    await press(page.getByRole('link', { name: 'Start on my own' }))
    await page.getByRole('heading', { name: 'On your own' }).waitFor()
    await person.note('alone')
    await press(page.getByRole('link', { name: /by phone, free/ }))
    await page.getByRole('heading', { name: 'Twenty minutes, just you' }).waitFor()
    await person.note('call')
    await press(page.getByRole('link', { name: /^Later/ }))
    await page.getByRole('link', { name: /^Earlier/ }).waitFor()
    await press(page.locator('button[name=slot]').first())
    await page.getByLabel('Your name').waitFor()
    await person.note('call-details')
    await person.type('Your name', 'Sam')
    await person.type('E-mail', 'private@example.com')
    await person.tick('Yes, only by me')
    await person.tick('I have read this and agree to it')
    await press(page.getByRole('button', { name: 'Send me the code' }))
    await page.getByRole('heading', { name: 'We have mailed you a code' }).waitFor()
    await person.note('call-code')
    const [, code = ''] = /\b(\d{8})\b/.exec((await house.mail('private@example.com', /Your code/)).text) ?? []
    await person.type('The eight digits from the mail', code)
    await press(page.getByRole('button', { name: 'Confirm the call' }))
    await page.getByRole('heading', { name: 'Your call is confirmed' }).waitFor()
    await person.note('call-confirmed')
    t.equal(await entries(page), again, 'from the link to a confirmed call')
    t.same(await page.context().cookies(), [], 'and nothing of it stays in this browser')
    for (const { title } of person.noted()) t.equal(title, 'A private page')
    // The weather is out of reach here: what stands in for it shows whether it took the page's place or came after it.
    await page.route('**/leave', route =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Weather</title><h1>Weather</h1>' })
    )
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Weather' }).waitFor()
    t.equal(await entries(page), again, 'the way out takes the page’s place')
    untroubled(t, person)
  }
)

t.test('coming back by five words, changing and showing what was said is one entry, too', async t => {
  const { url } = await invite(house, 'two@example.com', '2027-02-10T15:00:00Z')
  const person = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: 'thread' })
  const { page, press } = person
  await person.open(url)
  await page.getByLabel('It costs a lot').check()
  await page.getByLabel('More, if you like').fill('It is too much.')
  await press(page.getByRole('button', { name: 'Send', exact: true }))
  const words = ((await page.locator('.words').textContent()) ?? '').trim()
  await page.getByLabel('An address that only you read').fill('reply@example.com')
  await press(page.getByRole('button', { name: 'Tell me when a reply is there' }))
  await page.getByText('We tell the address that you left').waitFor()
  await person.note('answered')
  await person.open('/r')
  await page.waitForLoadState('networkidle')
  const before = await entries(page)
  await person.type('Your five words', words)
  await press(page.getByRole('button', { name: 'Open', exact: true }))
  await page.getByRole('heading', { name: 'You said' }).waitFor()
  await person.note('thread')
  await press(page.getByText('Change what you wrote'))
  await page.getByLabel('Your words').fill('It is rather much.')
  await press(page.getByRole('button', { name: 'Change it' }))
  await page.locator('p.typed', { hasText: 'It is rather much.' }).waitFor()
  await press(page.getByRole('button', { name: 'See what would be shown' }))
  await page.getByRole('heading', { name: 'This is exactly what will be shown' }).waitFor()
  await person.note('preview')
  await page.mouse.move(0, 0)
  const [show, keep] = await looksOf(
    page.getByRole('button', { name: 'Show it' }),
    page.getByRole('button', { name: 'Keep it between us' })
  )
  t.same(show, keep, 'showing and keeping look alike')
  await press(page.getByRole('button', { name: 'Show it' }))
  await page.getByRole('button', { name: 'Keep it between us again' }).waitFor()
  await press(page.getByRole('button', { name: 'Delete all of this' }))
  await page.getByRole('heading', { name: 'Deleted' }).waitFor()
  t.equal(await entries(page), before)
  untroubled(t, person)
})

t.test('the ways to say no are as large and as clear as those to say yes', async t => {
  const { url } = await invite(house, 'three@example.com', '2027-02-11T15:00:00Z')
  for (const device of ['phone', 'desktop'] as const) {
    const { page } = await openPerson(t, browser, { origin: house.origin, device, story: `no-${device}` })
    await page.goto(url)
    const button = (name: string) => page.getByRole('button', { name, exact: true })
    const [send, ...nos] = await looksOf(button('Send'), button('Not now'), button('Do not contact me'))
    for (const no of nos) t.same(no, send, `buttons on a ${device}`)
    const doors = await looksOf(...(await page.locator('.doors h2').all()))
    t.equal(doors.length, 3)
    for (const door of doors) t.same(door, doors[0], `doors on a ${device}`)
    const below = await looksOf(...(await page.locator('.also a').all()))
    t.equal(below.length, 4)
    for (const link of below) t.same(link, below[0], `the ways beneath on a ${device}`)
    const boxes = await Promise.all((await page.locator('.doors a').all()).map(door => door.boundingBox()))
    t.equal(new Set(boxes.map(box => Math.round(box?.width ?? 0))).size, 1, 'doors are equally wide')
  }
})

/** What makes a thing large and clear: its type, its colours, its height and its border. */
async function looksOf(...things: Locator[]) {
  return Promise.all(
    things.map(thing =>
      thing.evaluate(async element => {
        // The mouse may just have left it: a colour that still fades is no difference.
        await new Promise(requestAnimationFrame)
        await Promise.all(element.getAnimations().map(animation => animation.finished))
        const { fontSize, fontWeight, fontFamily, color, backgroundColor, borderColor, minHeight } =
          getComputedStyle(element)
        return { fontSize, fontWeight, fontFamily, color, backgroundColor, borderColor, minHeight }
      })
    )
  )
}
