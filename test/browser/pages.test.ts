import type { Page, Request } from 'playwright-core'
import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { everyPageOfDates } from '../support/every-dates-page.ts'
import { everyPageOfOnesOwn } from '../support/every-own-page.ts'
import { everyPageOfClients, everyPageOfStaff } from '../support/every-page.ts'
import { everyPageOfSeries } from '../support/every-series-page.ts'
import { startHouse } from '../support/house.ts'

const kilobyte = 1000
const most = { bytes: 100 * kilobyte, requests: 25 }

t.test('every page is light on first view, asks no other origin, and leaves the console empty', async t => {
  const house = await startHouse(t)
  const browser = await openBrowser(t)
  const heavy: string[] = []
  const seen: string[] = []
  for (const everyPage of [
    everyPageOfClients,
    everyPageOfOnesOwn,
    everyPageOfStaff,
    everyPageOfDates,
    everyPageOfSeries
  ]) {
    const person = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: everyPage.name })
    const loaded = await countLoads(person.page)
    await everyPage(person, house, async name => {
      await person.note(name.replaceAll(/[^a-z]+/g, '-'))
      const { bytes, requests } = await loaded()
      seen.push(name)
      if (name.startsWith('times') || name === 'details')
        t.comment(
          `${name}: ${(bytes / kilobyte).toFixed(1)} kB of HTML, CSS and JS, ${requests} requests on first view`
        )
      if (bytes > most.bytes || requests > most.requests) heavy.push(`${name}: ${bytes} bytes, ${requests} requests`)
      t.ok(bytes > 0 && requests > 0, `${name} was measured`)
    })
    untroubled(t, person)
  }
  t.same(heavy, [])
  t.comment(`${seen.length} pages were looked at`)
  t.ok(seen.length >= 80)
})

/** Counts what the page that is shown took to load with an empty cache. */
async function countLoads(page: Page): Promise<() => Promise<{ bytes: number; requests: number }>> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true })
  let requests: Request[] = []
  page.on('request', request => {
    const isNewPage = request.isNavigationRequest() && request.frame() === page.mainFrame() && !request.redirectedFrom()
    requests = isNewPage ? [request] : [...requests, request]
  })
  return async () => {
    await page.waitForLoadState('networkidle')
    const weighed = requests.filter(request => ['document', 'stylesheet', 'script'].includes(request.resourceType()))
    const sizes = await Promise.all(weighed.map(request => request.sizes()))
    return { bytes: sizes.reduce((sum, { responseBodySize }) => sum + responseBodySize, 0), requests: requests.length }
  }
}
