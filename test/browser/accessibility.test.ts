import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import t from 'tap'
import { devices, openBrowser, openPerson } from '../support/browser.ts'
import { everyPageOfDates } from '../support/every-dates-page.ts'
import { everyPageOfOnesOwn } from '../support/every-own-page.ts'
import { everyPageOfClients, everyPageOfStaff } from '../support/every-page.ts'
import { everyPageOfSteps } from '../support/every-step-page.ts'
import { startHouse } from '../support/house.ts'

const source = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // A caught mail's frame runs no script, axe's neither.
  iframes: false
}

t.test('axe-core finds nothing on any page, light or dark, and none scrolls sideways at 320 pixels', async t => {
  const house = await startHouse(t)
  const browser = await openBrowser(t)
  const faults: string[] = []
  let looks = 0
  for (const everyPage of [
    everyPageOfClients,
    everyPageOfOnesOwn,
    everyPageOfStaff,
    everyPageOfDates,
    everyPageOfSteps
  ]) {
    const person = await openPerson(t, browser, { origin: house.origin, story: `axe-${everyPage.name}` })
    await everyPage(person, house, async name => {
      const found = [
        ...(await axeFaults(person.page, 'light')),
        ...(await axeFaults(person.page, 'dark')),
        ...(await narrowFaults(person.page))
      ]
      faults.push(...found.map(fault => `${name}: ${fault}`))
      looks += 1
    })
  }
  t.same(faults, [])
  t.comment(`${looks} pages were looked at`)
  t.ok(looks >= 80)
})

async function axeFaults(page: Page, colorScheme: 'light' | 'dark'): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  await page.evaluate(source)
  const found = await page.evaluate(async rules => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, rules)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id} at ${target}: ${html}`))
  }, rules)
  return found.map(fault => `${colorScheme}, ${fault}`)
}

/** WCAG 2.2, 1.4.10 Reflow: also what is left of a 1280 pixels wide window at 400 %. */
async function narrowFaults(page: Page): Promise<string[]> {
  await page.setViewportSize(devices.narrow.viewport)
  const { wide, parts } = await page.evaluate(() => {
    const width = document.documentElement.clientWidth
    const beyond = Array.from(document.body.querySelectorAll('*')).filter(
      part => part.getBoundingClientRect().right > width + 1
    )
    return {
      wide: document.documentElement.scrollWidth,
      parts: beyond.slice(0, 3).map(part => part.outerHTML.slice(0, 120))
    }
  })
  await page.setViewportSize(devices.desktop.viewport)
  return wide > devices.narrow.viewport.width ? [`${wide} pixels wide: ${parts.join(' ')}`] : []
}
