import type { Person } from './browser.ts'
import type { Look } from './every-page.ts'
import type { House } from './house.ts'
import { cards, giveDetails, payBy, seeConfirmed } from './journey.ts'

/** Books a programme by instalments, calls its first step off and chooses another time; then the same as staff see it. */
export async function everyPageOfSteps(person: Person, house: House, look: Look): Promise<void> {
  const { page, press, open, type } = person
  await open('/sessions/assessment/times?month=2027-02&day=2027-02-16')
  await press(page.locator('button[name=slot]').first())
  await page.getByRole('heading', { name: 'A schedule that could fit' }).waitFor()
  await press(page.getByRole('button', { name: 'Continue' }))
  await page.getByRole('heading', { name: 'Your details' }).waitFor()
  await giveDetails(person, { name: 'Jo Delgado', email: 'steps@example.com' })
  await page.getByLabel(/^In instalments/).check()
  await look('details, with a choice how to pay')
  await press(page.getByRole('button', { name: 'Ask for this time' }))
  await page.locator('#booking').waitFor()
  const own = new URL(page.url()).pathname
  await approve(house, own.split('/').at(-1) ?? '')
  await open(own)
  await press(page.getByRole('button', { name: 'Continue to payment' }))
  await payBy(person, cards.pays)
  await seeConfirmed(person)
  await look('a booking of steps, paid in instalments')
  await press(page.getByRole('link', { name: /^Call off/ }).first())
  await page.getByRole('heading', { name: 'Call this one off?' }).waitFor()
  await look('a step, before it is called off')
  await press(page.getByRole('button', { name: 'Call it off' }))
  await page.getByText('once the one before it has its time').first().waitFor()
  // Whoever chooses anew before the mail is written hears of the new time alone.
  await house.mail('steps@example.com', /will not take place/)
  await look('a booking of steps without their times')
  await press(page.getByRole('link', { name: /^Choose a time/ }).first())
  await page.getByRole('heading', { name: 'Choose a time' }).waitFor()
  await look('a time for a step')
  await press(page.locator('button[name=start]').first())
  await page.locator('#booking').waitFor()
  await look('a booking of which one step has its time again')
  await open('/console')
  await type('E-mail', house.staff.email)
  await type('Password', house.staff.password)
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('link', { name: 'The week after' }).waitFor()
  await open(own.replace('/b/', '/console/bookings/'))
  await page.getByText('Without a time').first().waitFor()
  await look('a booking of steps, for staff')
  await press(page.getByRole('link', { name: /^Choose a time/ }).first())
  await page.getByText('Everybody who takes part is told').waitFor()
  await look('a time for a step, for staff')
  await press(page.locator('button[name=start]').first())
  await page.getByText('Without a time').first().waitFor()
  await press(page.getByRole('link', { name: /^Call off/ }).first())
  await page.getByRole('heading', { name: 'Call this one off?' }).waitFor()
  await look('a step, before staff call it off')
  await press(page.getByRole('button', { name: 'We call it off' }))
  await page.getByText('Without a time').first().waitFor()
}

/** The practice says yes. */
async function approve({ origin, staff }: House, booking: string): Promise<void> {
  const send = async (path: string, body: object, token?: string) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
    const answer = await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
    return text
  }
  const { accessToken }: { accessToken: string } = JSON.parse(await send('/api/sessions', staff))
  await send(`/api/bookings/${booking}/approval`, { approved: true }, accessToken)
}
