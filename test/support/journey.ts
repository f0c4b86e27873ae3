import type { Page } from 'playwright-core'
import type { Person } from './browser.ts'

export const cards = { pays: '4242 4242 4242 4242', isDeclined: '4000 0000 0000 0002' }

/** From the home page to the free times of a couple's session. */
export async function findTimesForTwo(person: Person): Promise<void> {
  const { page, press, note } = person
  await person.open('/')
  await note('home')
  await press(page.getByRole('link', { name: 'We are both ready' }))
  await page.getByRole('heading', { name: 'Together', level: 1 }).waitFor()
  await note('together')
  await press(page.getByRole('link', { name: 'A session for two' }))
  await page.getByRole('heading', { name: 'A session for two', level: 1 }).waitFor()
  await note('session')
  await press(page.getByRole('link', { name: 'See all times' }))
  await page.getByRole('heading', { name: 'Choose a time' }).waitFor()
  await note('times')
}

/** Chooses a day of the shown month and an hour of it. @returns the hour as its button says it */
export async function chooseTime({ page, press, note }: Person, date: string, hour?: string): Promise<string> {
  await press(page.locator(`#d${date}`))
  await page.locator(`#d${date}[aria-current=date]`).waitFor()
  await note('day')
  const button = hour ? page.getByRole('button', { name: hour, exact: true }).first() : hours(page).first()
  const chosen = ((await button.textContent()) ?? '').trim()
  if (!/\d\d:\d\d/.test(chosen)) throw new Error(`The button “${chosen}” names no time`)
  await press(button)
  await page.getByRole('heading', { name: 'Your details' }).waitFor()
  await note('details')
  return chosen
}

/** The buttons of the shown times. */
export const hours = (page: Page) => page.locator('button[name=slot]')

/** Fills in the details of a booking as somebody would, with every box that has to be ticked. */
export async function giveDetails(
  { page, type, tick, note }: Person,
  { name, email }: { name: string; email: string }
): Promise<void> {
  await type('Your name', name)
  await type('E-mail', email)
  await tick('Yes, only by me')
  const agreed = page.getByLabel('We have both agreed')
  if (await agreed.isVisible()) await tick('We have both agreed')
  await tick('I have read this and agree to it')
  await note('details-given')
}

/** Gives a card on the simulated card page. */
export async function payBy({ page, type, press, note }: Person, card: string): Promise<void> {
  await page.getByRole('heading', { name: 'Pay by card' }).waitFor()
  // The page comes with the card that pays.
  if (card !== cards.pays || (await page.getByLabel('Card number').inputValue()) !== card)
    await type('Card number', card)
  await note('card')
  await press(page.getByRole('button', { name: /^Pay / }))
}

/** Waits until the booking's page says confirmed: it asks again by itself, and without JavaScript by its link. */
export async function seeConfirmed({ page }: Person): Promise<void> {
  const confirmed = page.getByRole('heading', { name: /^Your appointments? (is|are) confirmed$/ })
  const again = page.getByRole('link', { name: 'Look again' })
  for (let tries = 0; tries < 50; tries += 1) {
    await confirmed.or(again).first().waitFor()
    if (await confirmed.isVisible()) return
    await again.click().catch(() => {}) // the page may have gone on by itself meanwhile
  }
  throw new Error('The booking was not confirmed')
}

/** What addresses and titles after a choice may not hold. */
export const telling = /couple|session|two|therap|jessica|intentional|individual|consultation|delgado/i
