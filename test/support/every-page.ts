import type { Person } from './browser.ts'
import type { House } from './house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, seeConfirmed } from './journey.ts'

/** What is looked at on each page, named by what a person would call it. */
export type Look = (page: string) => Promise<void>

const openPages = ['/', '/together', '/alone', '/not-sure', '/contact', '/how-we-write']

const email = 'jo@example.com'

/** Brings a client to every page that they can come to, and looks at each. */
export async function everyPageOfClients(person: Person, house: House, look: Look): Promise<void> {
  const { page, press } = person
  for (const address of openPages) {
    await person.open(address)
    await look(address)
  }
  await person.open('/no-such-page')
  await look('a page that does not exist')
  await findTimesForTwo(person)
  await look('times')
  await page.goBack()
  await look('a session type')
  await person.open('/sessions/couples/times?month=2027-02&zone=Europe/Berlin')
  await look('times in another zone')
  await person.open('/sessions/couples/times?month=2027-02&day=2027-02-09')
  await chooseTime(person, '2027-02-09')
  const details = page.url()
  await look('details')
  await press(page.getByRole('button', { name: 'Pay $400' }))
  await page.getByRole('alert').waitFor()
  await look('details that are not right yet')
  await giveDetails(person, { name: 'Jo Delgado', email })
  await press(page.getByRole('button', { name: 'Pay $400' }))
  await page.getByRole('heading', { name: 'Pay by card' }).waitFor()
  const cardPage = page.url()
  await look('the card page')
  await person.open(details)
  await page.getByRole('heading', { name: 'That time has just been taken' }).waitFor()
  await look('a time that was taken')
  await person.open(cardPage)
  await press(page.getByRole('link', { name: 'Go back without paying' }))
  await page.getByRole('heading', { name: 'One step is left: the payment' }).waitFor()
  await look('a booking to be paid')
  await press(page.getByRole('button', { name: 'Continue to payment' }))
  await payBy(person, cards.isDeclined)
  await page.getByRole('alert').waitFor()
  await look('the card page after a declined card')
  await payBy(person, cards.pays)
  await seeConfirmed(person)
  await look('a confirmed booking')
  await press(page.getByRole('link', { name: 'Change the time' }))
  await page.getByRole('heading', { name: 'Change the time' }).waitFor()
  await look('another time')
  await page.goBack()
  await press(page.getByRole('link', { name: 'Cancel the appointment' }))
  await page.getByRole('heading', { name: 'Cancel this appointment?' }).waitFor()
  await look('a cancellation, before the click')
  await person.open('/sessions/consultation/times?month=2027-02&day=2027-02-10')
  await chooseTime(person, '2027-02-10')
  await giveDetails(person, { name: 'Jo Delgado', email })
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByRole('heading', { name: 'We have mailed you a code' }).waitFor()
  await look('a code that was mailed')
  await press(page.getByRole('button', { name: 'I do not want this time any more' }))
  await page.getByRole('heading', { name: 'This appointment will not take place' }).waitFor()
  await look('a time that was given back')
  const { text } = await house.mail(email, /confirmed/)
  await page.context().clearCookies()
  await person.open(/http:\/\/localhost:\d+\/b\/[\w-]+/.exec(text)?.[0] ?? 'no link')
  await look('the mailed link')
  await press(page.getByRole('button', { name: 'Send me a code' }))
  await page.getByLabel('The eight digits from the mail').waitFor()
  await look('the mailed link, with a code asked for')
}

/** Signs in, and looks at every page of staff and of the sandbox. */
export async function everyPageOfStaff(person: Person, house: House, look: Look): Promise<void> {
  const { page, press, type } = person
  await person.open('/console')
  await look('staff sign-in')
  await type('E-mail', house.staff.email)
  await type('Password', 'not the password')
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('alert').waitFor()
  await look('a wrong password')
  await type('Password', house.staff.password)
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('link', { name: 'The week after' }).waitFor()
  await look('an empty week')
  await press(page.getByRole('link', { name: 'The week after' }))
  await page.locator('.entry').first().waitFor()
  await look('a week with a booking')
  await press(page.getByRole('link', { name: 'Time off' }))
  await page.getByRole('heading', { name: 'Time off', exact: true }).waitFor()
  await look('time off')
  await type('From', '2027-02-09T00:00')
  await type('To', '2027-02-10T00:00')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await page.getByText('Already booked in this time').waitFor()
  await look('time off over a booking')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await page.getByRole('alert').waitFor()
  await look('time off without its times')
  await press(page.getByRole('link', { name: 'Opening hours' }))
  await page.getByRole('heading', { name: 'Opening hours' }).waitFor()
  await look('opening hours')
  await press(page.getByRole('button', { name: 'Add a row' }))
  await page.getByRole('group', { name: 'Row 4' }).waitFor()
  await press(page.getByRole('button', { name: 'Save opening hours' }))
  await page.getByRole('alert').waitFor()
  await look('opening hours that are not right yet')
  for (const address of ['/sandbox/mail', '/sandbox/stripe']) {
    await person.open(address)
    await look(address)
  }
  await person.open('/sandbox/mail')
  await press(page.locator('.mails a').first())
  await page.getByRole('link', { name: 'All mails' }).waitFor()
  await look('a caught mail')
}
