import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'
import { devices } from './browser.ts'

const source = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
const rules: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations'],
  // A caught mail's frame runs no script, axe's neither.
  iframes: false
}

/** What axe-core finds on a page as it looks on this device, in these colours. The page stays so. */
export async function faultsOf(
  page: Page,
  device: 'phone' | 'desktop',
  colorScheme: 'light' | 'dark'
): Promise<string[]> {
  await page.setViewportSize(devices[device].viewport)
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(source)
  const found = await page.evaluate(async rules => {
    const { violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(document, rules)
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => `${id} at ${target}: ${html}`))
  }, rules)
  return found.map(fault => `${device}, ${colorScheme}, ${fault}`)
}

/** WCAG 2.2, 1.4.10 Reflow: also what is left of a 1280 pixels wide window at 400 %. Leaves the page a phone's, and light. */
export async function sidewaysFaults(page: Page): Promise<string[]> {
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
  await page.setViewportSize(devices.phone.viewport)
  await page.emulateMedia({ colorScheme: 'light' })
  return wide > devices.narrow.viewport.width ? [`${wide} pixels wide: ${parts.join(' ')}`] : []
}
