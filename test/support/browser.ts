import { accessSync, constants } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'
import tap, { type Test } from 'tap'
import { type Troubles, watch } from './browser-watch.ts'
import { withoutRandom } from './random.ts'

export const devices = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 900 } },
  /** The narrowest screen of WCAG 2.2, 1.4.10: also what 400 % zoom leaves of 1280 pixels. */
  narrow: { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true }
} as const satisfies Record<string, BrowserContextOptions>

export interface PersonOptions extends BrowserContextOptions {
  origin: string
  device?: keyof typeof devices
  /** Pictures of the steps are named by it. */
  story?: string
}

/** What could be read over a shoulder, or in the history. */
export interface Step {
  step: string
  title: string
  path: string
}

/** Somebody at a browser of their own, with their own cookies, whose doings are counted. */
export interface Person {
  page: Page
  troubles: Troubles
  /** Clicks, fields filled in, and boxes ticked, until now. */
  interactions(): number
  open(address: string): Promise<void>
  press(what: Locator): Promise<void>
  /** Into the field of this label, key by key. Replaces what stood there. */
  type(label: string | RegExp, text: string): Promise<void>
  tick(label: string | RegExp): Promise<void>
  /** Notes what the tab and the address bar say, and keeps a picture of the whole page where SHOTS names a folder. */
  note(step: string): Promise<void>
  noted(): readonly Step[]
}

let opened: Promise<Browser> | undefined

/** Chromium, one for the process, until it ends. It reaches nothing but this machine. @throws where there is none */
export function openBrowser(): Promise<Browser> {
  opened ??= launch()
  return opened
}

async function launch(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: chromiumHere(),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1'
    ]
  })
  tap.teardown(() => browser.close())
  return browser
}

/** A new browser profile, until the test ends. What goes wrong in it is in `troubles`: ask `untroubled` at the end. */
export async function openPerson(
  t: Test,
  browser: Browser,
  { origin, device = 'desktop', story = device, ...options }: PersonOptions
): Promise<Person> {
  const context = await browser.newContext({
    baseURL: origin,
    timezoneId: 'America/New_York',
    ...devices[device],
    ...options
  })
  context.setDefaultTimeout(30_000)
  const troubles = watch(context, [origin])
  t.teardown(() => context.close())
  const page = await context.newPage()
  let interactions = 0
  const steps: Step[] = []
  const did = async (doing: Promise<unknown>) => {
    interactions += 1
    await doing
  }
  return {
    page,
    troubles,
    interactions: () => interactions,
    open: async address => {
      await page.goto(address)
    },
    press: what => did(what.click()),
    type: (label, text) => did(typeInto(page.getByLabel(label), text)),
    tick: label => did(page.getByLabel(label).check()),
    noted: () => steps,
    async note(step) {
      steps.push({ step, title: await page.title(), path: withoutRandom(new URL(page.url()).pathname) })
      const folder = process.env.SHOTS
      if (!folder) return
      await mkdir(folder, { recursive: true })
      const path = join(folder, `${story}-${String(steps.length).padStart(2, '0')}-${step}.png`)
      await page.screenshot({ path, fullPage: true, animations: 'disabled' })
    }
  }
}

/** Nothing went wrong in these browsers: to be asserted at the end of every test. */
export function untroubled(t: Test, ...people: readonly Person[]): void {
  t.same(
    people.flatMap(({ troubles }) => troubles.found()),
    [],
    'no console error, no failed request, and none to another origin'
  )
}

async function typeInto(field: Locator, text: string): Promise<void> {
  // Date and time fields take a value whole; key by key they depend on the browser's locale.
  if (/^(date|time)/.test((await field.getAttribute('type')) ?? '')) return field.fill(text)
  await field.click()
  await field.clear()
  await field.pressSequentially(text)
}

function chromiumHere(): string {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const found = folders.map(folder => join(folder, 'chromium')).find(isProgram)
  if (!found) throw new Error('There is no chromium: the browser tests need one in /usr/bin or on the PATH')
  return found
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
