import type { Person } from './browser.ts'
import type { Look } from './every-page.ts'
import type { House } from './house.ts'

/** Looks at every page of dates: of whoever chooses some, waits for some and is offered some, and of staff. */
export async function everyPageOfDates(person: Person, house: House, look: Look): Promise<void> {
  const { page, press, open, type } = person
  const places = async (min: string, max: string) => {
    await signIn(person, house)
    await open('/console/editions')
    await press(page.locator('.types a').first())
    await page.getByRole('heading', { name: 'Who comes' }).waitFor()
    await type('At least, couples', min)
    await type('At most, couples', max)
    await press(page.getByRole('button', { name: 'Save', exact: true }))
    await page.getByRole('heading', { name: 'Who comes' }).waitFor()
  }
  await places('1', '1')
  await look('an edition, for staff')
  await press(page.getByRole('link', { name: 'All dates' }))
  await page.getByRole('heading', { name: 'Add dates' }).waitFor()
  await look('all dates, for staff')
  await page.context().clearCookies()
  await open('/sessions/retreat')
  await look('dates')
  await press(page.getByRole('button', { name: 'Choose these dates' }).first())
  await page.getByRole('heading', { name: 'Your details' }).waitFor()
  await look('the details of dates')
  await type('Your name', 'Jo Delgado')
  await type('E-mail', 'dates@example.com')
  await page.getByLabel('Yes, only by me').check()
  await page.getByLabel('I have read this and agree to it').check()
  await press(page.getByRole('button', { name: 'Suggest this time' }))
  await page.locator('#booking').waitFor()
  await look('dates that were asked for')
  await page.context().clearCookies()
  await open('/sessions/retreat')
  await look('dates to wait for')
  await press(page.getByRole('button', { name: 'Wait for a place' }).first())
  await page.getByRole('heading', { name: 'Wait for a place' }).waitFor()
  await look('to wait for a place')
  await press(page.getByRole('button', { name: 'Wait for a place' }))
  await page.getByRole('alert').waitFor()
  await look('to wait for a place, not right yet')
  await type('Your name', 'Sam Okafor')
  await type('E-mail', 'waits@example.com')
  await page.getByLabel('Yes, only by me').check()
  await press(page.getByRole('button', { name: 'Wait for a place' }))
  await page.getByRole('heading', { name: 'Noted' }).waitFor()
  await look('a place in line, noted')
  const link = (text: string) => new URL(/http:\/\/\S+\/w\/[\w-]+/.exec(text)?.[0] ?? '').pathname
  const { text } = await house.mail('waits@example.com', /is noted/)
  await open(link(text))
  await look('a place in line')
  await places('1', '2')
  await look('an edition with who comes and who waits')
  await page.context().clearCookies()
  await open(link((await house.mail('waits@example.com', /is kept for you/)).text))
  await page.getByRole('heading', { name: 'A place for you' }).waitFor()
  await look('a place that is kept')
  await press(page.getByRole('button', { name: 'I would rather not' }))
  await page.getByRole('heading', { name: 'This is over' }).waitFor()
  await look('a place in line that is over')
}

async function signIn({ page, press, open, type }: Person, { staff }: House): Promise<void> {
  await open('/console')
  await type('E-mail', staff.email)
  await type('Password', staff.password)
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('link', { name: 'The week after' }).waitFor()
}
