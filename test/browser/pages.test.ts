import t from 'tap'
import { faultsOf, sidewaysFaults } from '../support/axe.ts'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { everyPageOfDates } from '../support/every-dates-page.ts'
import { everyPageOfOnesOwn } from '../support/every-own-page.ts'
import { everyPageOfClients, everyPageOfStaff } from '../support/every-page.ts'
import { everyPageOfSeries } from '../support/every-series-page.ts'
import { everyPageOfSteps } from '../support/every-step-page.ts'
import { startHouse } from '../support/house.ts'
import { countLoads } from '../support/loads.ts'

const kilobyte = 1000
const most = { bytes: 100 * kilobyte, requests: 25 }

t.test('every page is light on first view, asks no other origin, and everybody can use it', async t => {
  const house = await startHouse(t)
  const browser = await openBrowser()
  const heavy: string[] = []
  const faults: string[] = []
  let looks = 0
  for (const everyPage of [
    everyPageOfClients,
    everyPageOfOnesOwn,
    everyPageOfStaff,
    everyPageOfDates,
    everyPageOfSeries,
    everyPageOfSteps
  ]) {
    const person = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: everyPage.name })
    const loaded = await countLoads(person.page)
    await everyPage(person, house, async name => {
      await person.note(name.replaceAll(/[^a-z]+/g, '-'))
      // What the page asks for by itself has been asked for by the time axe-core has read it.
      const found = await faultsOf(person.page, 'phone', 'light')
      const { bytes, requests } = await loaded()
      found.push(...(await faultsOf(person.page, 'desktop', 'dark')), ...(await sidewaysFaults(person.page)))
      faults.push(...found.map(fault => `${name}: ${fault}`))
      looks += 1
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
  t.same(faults, [], 'axe-core finds nothing, in light or dark, and nothing scrolls sideways at 320 pixels')
  t.comment(`${looks} pages were looked at`)
  t.ok(looks >= 80)
})
