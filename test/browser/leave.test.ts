import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { chooseTime, giveDetails } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()
/** Where the way out leads; this browser cannot reach it, and need not. */
const away = 'https://www.weather.gov'

for (const { way, javaScript } of [
  { way: 'by its button, without JavaScript', javaScript: false },
  { way: 'by its button', javaScript: true },
  { way: 'by Esc three times', javaScript: true }
])
  t.test(`somebody leaves at once ${way}, and the booking is closed behind them`, async t => {
    const options = { origin: house.origin, device: 'phone', javaScriptEnabled: javaScript } as const
    const person = await openPerson(t, browser, { ...options, story: 'leave' })
    person.troubles.allow(away)
    const { page, press } = person
    await person.open('/sessions/consultation/times?month=2027-02&day=2027-02-10')
    await chooseTime(person, '2027-02-10')
    await giveDetails(person, { name: 'Sam', email: `sam-${way.length}@example.com` })
    await press(page.getByRole('button', { name: 'Send me the code' }))
    await page.getByRole('heading', { name: 'We have mailed you a code' }).waitFor()
    const booking = page.url()
    t.ok((await page.context().cookies()).length > 0, 'the browser held the booking until now')

    const answered = page.waitForResponse(response => response.url() === `${house.origin}/leave`)
    const left = page.waitForEvent('requestfailed', request => request.url().startsWith(away))
    if (way.includes('Esc')) for (let times = 0; times < 3; times += 1) await page.keyboard.press('Escape')
    else await press(page.getByRole('link', { name: 'Leave' }))
    const headers = await (await answered).allHeaders()
    t.ok((await left).isNavigationRequest(), 'the page itself is gone')
    t.match(headers, { 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' })
    t.same(await page.context().cookies(), [], 'nothing of the booking is left in the browser')

    const again = await page.context().newPage()
    await again.goto(booking)
    t.ok(await again.getByRole('heading', { name: 'This page is not open here' }).isVisible())
    untroubled(t, person)
  })

t.test('Esc twice, or three times slowly apart from each other, stays on the page', async t => {
  const person = await openPerson(t, browser, { origin: house.origin, story: 'stay' })
  const { page } = person
  await page.clock.install()
  await person.open('/contact')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.clock.runFor(3500)
  await page.keyboard.press('Escape')
  t.equal(new URL(page.url()).pathname, '/contact')
  t.ok(await page.getByRole('heading', { name: 'Contact' }).isVisible())
  untroubled(t, person)
})
