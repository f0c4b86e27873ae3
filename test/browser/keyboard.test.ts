import type { Locator, Page } from 'playwright-core'
import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { hours, seeConfirmed } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

for (const { javaScript, date } of [
  { javaScript: true, date: '2027-02-09' },
  { javaScript: false, date: '2027-02-10' }
])
  t.test(
    `a booking is made by keyboard alone, the focus always in sight, ${javaScript ? 'with' : 'without'} JavaScript`,
    async t => {
      const story = `keyboard-${javaScript ? 'script' : 'plain'}`
      const person = await openPerson(t, browser, { origin: house.origin, story, javaScriptEnabled: javaScript })
      const { page } = person
      const hidden: string[] = []
      let keys = 0
      const press = async (key: string) => {
        keys += 1
        await page.keyboard.press(key)
      }
      /** Moves on by Tab until this has the focus. */
      const reach = async (what: Locator) => {
        await what.waitFor()
        for (let steps = 0; steps < 80; steps += 1) {
          await press('Tab')
          const unseen = await unseenFocus(page)
          if (unseen) hidden.push(unseen)
          if (await what.evaluate(element => element === document.activeElement)) return
        }
        throw new Error(`The keyboard does not reach ${what}`)
      }
      const follow = async (what: Locator) => {
        await reach(what)
        await press('Enter')
      }

      await person.open('/')
      await press('Tab')
      t.match(
        await page.evaluate(() => document.activeElement?.textContent),
        'To the content',
        'the first stop skips the head'
      )
      await press('Enter')
      await follow(page.getByRole('link', { name: 'We are both ready' }))
      await follow(page.getByRole('link', { name: 'A session for two' }))
      await follow(page.getByRole('link', { name: 'See all times' }))
      await follow(page.locator(`#d${date}`))
      await page.locator(`#d${date}[aria-current=date]`).waitFor()
      await person.note('day')
      const hour = ((await hours(page).first().textContent()) ?? '').trim()
      t.match(hour, /^\d\d:\d\d$/)
      await follow(hours(page).first())
      await reach(page.getByLabel('Your name'))
      await page.keyboard.type('Jo Delgado')
      await reach(page.getByLabel('E-mail'))
      await page.keyboard.type(`${story}@example.com`)
      await reach(page.getByLabel('Yes, only by me'))
      await press('Space')
      await person.note('focus')
      await reach(page.getByLabel('We choose together'))
      await press('ArrowDown')
      await reach(page.getByLabel('I have read this and agree to it'))
      await press('Space')
      await follow(page.getByRole('button', { name: 'Pay $400' }))
      await follow(page.getByRole('button', { name: /^Pay / }).and(page.locator('form.card button')))
      await seeConfirmed(person)
      t.match(await page.locator('.when').textContent(), hour)
      t.same([...new Set(hidden)], [], 'whatever has the focus shows it, and is in sight')
      t.comment(`a couple's booking by keyboard: ${keys} keys besides what is typed`)
      untroubled(t, person)
    }
  )

/** What has the focus and does not show it: no outline, or out of the window. */
async function unseenFocus(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = document.activeElement
    if (!element || element === document.body) return undefined
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    const { top, bottom, width, height } = element.getBoundingClientRect()
    const isMarked = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
    const isInSight = width > 0 && height > 0 && bottom > 0 && top < innerHeight
    return isMarked && isInSight ? undefined : element.outerHTML.slice(0, 160)
  })
}
