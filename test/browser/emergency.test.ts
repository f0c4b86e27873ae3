import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { hours } from '../support/journey.ts'
import { beginAlone, signInFirst } from '../support/journey-together.ts'
import { withoutRandom } from '../support/random.ts'

const house = await startHouse(t)
const browser = await openBrowser()

t.test('whom to call stands in sight without scrolling on a phone, on every page with free text', async t => {
  const one = { name: 'Jo', email: 'sight@example.com' }
  const person = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: 'sight' })
  const { page, press, open } = person
  const url = await beginAlone(person, '2027-02-17', one)
  await inSight(t, page, 'a page to share, of a booking')
  for (const address of [url, '/p', '/contact', '/r', '/page-to-share']) {
    await open(address)
    await inSight(t, page, withoutRandom(new URL(address, house.origin).pathname))
  }
  await open(url)
  await page.getByLabel('Something else').check()
  await press(page.getByRole('button', { name: 'Send', exact: true }))
  await page.locator('.words').waitFor()
  await inSight(t, page, 'an automatic answer')
  const words = ((await page.locator('.words').textContent()) ?? '').trim()
  await open('/r')
  await person.type('Your five words', words)
  await press(page.getByRole('button', { name: 'Open', exact: true }))
  await page.getByRole('heading', { name: 'You said' }).waitFor()
  await inSight(t, page, 'the thread')
  await signInFirst(person, house, one.email)
  for (const address of ['/me/start', '/me/share', '/me/preferences']) {
    await open(address)
    await inSight(t, page, address)
  }
  await open('/sessions/couples/times?month=2027-02&day=2027-02-18')
  await press(hours(page).first())
  await person.type('Your name', one.name)
  await inSight(t, page, 'the details of a booking')
  await page.getByLabel('We choose together').check()
  await page.getByLabel('I have read this and agree to it').check()
  await press(page.getByRole('button', { name: 'Suggest this time' }))
  await page.getByLabel('Words to go with it').waitFor()
  await inSight(t, page, 'a booking with words for the other')
  await open(((await page.locator('.copied code').textContent()) ?? '').trim())
  await page.getByRole('heading', { name: 'A time was suggested' }).waitFor()
  await inSight(t, page, 'a suggested time, to the other')
  untroubled(t, person)
})

/** Whom to call stands in the first screen of this page. */
async function inSight(t: Test, page: Page, name: string) {
  await page.evaluate(() => scrollTo(0, 0))
  const note = page.getByRole('complementary', { name: 'In an emergency' }).first()
  const call = (await note.locator('p').first().boundingBox()) ?? { y: Infinity, height: 0 }
  t.ok(call.y + call.height <= 844, `${name}: ends at ${Math.round(call.y + call.height)} of 844`)
  t.match(await note.textContent(), /911.*limits.*read within/s, `${name}: whom to call, the limits, and who reads it`)
}
