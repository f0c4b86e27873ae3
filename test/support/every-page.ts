import type { Person } from './browser.ts'
import type { House } from './house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, seeConfirmed } from './journey.ts'

/** What is looked at on each page, named by what a person would call it. */
export type Look = (page: string) => Promise<void>

const openPages = [
  '/',
  '/together',
  '/alone',
  '/not-sure',
  '/forms',
  '/page-to-share',
  '/contact',
  '/how-we-write',
  '/p',
  '/p/forms',
  '/p/alone',
  '/p/call',
  '/r'
]

const email = 'jo@example.com'

/** Brings a client to every page that they can come to, and looks at each. */
export async function everyPageOfClients(person: Person, house: House, look: Look): Promise<void> {
  const { page, press } = person
  for (const address of openPages) {
    await person.open(address)
    await look(address)
  }
  await person.open('/sessions/weekly')
  await look('a regular hour')
  await press(page.getByRole('button', { name: 'See the times' }))
  await page.getByRole('heading', { name: 'Choose the first time' }).waitFor()
  await look('the first time of a series')
  await press(page.locator('button[name=slot]').first())
  await page.getByRole('heading', { name: 'Every time, one by one' }).waitFor()
  await look('every time of a series')
  await person.open('/sessions/intensive-1-day/times?month=2027-03&day=2027-03-09&zone=America/New_York')
  await press(page.locator('button[name=slot]').first())
  await page.getByRole('heading', { name: 'Before and after' }).waitFor()
  await look('what can be taken along beside private days')
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
  await press(page.getByRole('button', { name: 'Suggest this time' }))
  await page.getByRole('alert').waitFor()
  await look('details that are not right yet')
  await giveDetails(person, { name: 'Jo Delgado', email })
  await press(page.getByRole('button', { name: 'Pay $400' }))
  await page.getByRole('heading', { name: 'Pay by card' }).waitFor()
  const cardPage = page.url()
  const cookies = await page.context().cookies()
  await look('the card page')
  await page.context().clearCookies()
  await person.open(details)
  await page.getByRole('heading', { name: 'That time has just been taken' }).waitFor()
  await look('a time that was taken')
  await page.context().addCookies(cookies)
  await person.open(details)
  await page.getByRole('heading', { name: 'One step is left: the payment' }).waitFor()
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
  const times = page.url()
  await press(page.locator('button[name=start]').first())
  await page.getByRole('heading', { name: 'Move it to this time?' }).waitFor()
  await look('another time, before the click')
  await person.open(times)
  await press(page.getByRole('link', { name: 'Your appointment', exact: true }))
  await press(page.getByRole('link', { name: 'Cancel the appointment' }))
  await page.getByRole('heading', { name: 'Cancel this appointment?' }).waitFor()
  await look('a cancellation, before the click')
  await page.goBack()
  await press(page.getByRole('link', { name: 'Keep it in your calendar automatically' }))
  await page.getByRole('button', { name: 'Make an address' }).waitFor()
  await look('a calendar for the booker')
  await press(page.getByRole('button', { name: 'Make an address' }))
  await page.getByRole('heading', { name: 'Your new address' }).waitFor()
  await look('a calendar address for the booker')
  await page.goBack()
  await page.goBack()
  await press(page.getByRole('link', { name: 'A page to share with somebody close to you' }))
  await press(page.getByRole('button', { name: 'Make the page' }))
  await page.getByRole('heading', { name: 'The link alone' }).waitFor()
  await look('a page to share')
  await everyPageOfPartners(person, ((await page.locator('.address code').textContent()) ?? '').trim(), look)
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

/** What the holder of a partner's link comes to. */
async function everyPageOfPartners({ page, press, open, type }: Person, link: string, look: Look): Promise<void> {
  await open(link)
  await look('a partner’s page')
  await page.getByLabel('It costs a lot').check()
  await page.getByLabel('More, if you like').fill('It is too much.')
  await page.getByLabel('Also who gave me this page').check()
  await press(page.getByRole('button', { name: 'Send', exact: true }))
  await page.getByRole('heading', { name: 'This is exactly what will be shown' }).waitFor()
  await look('what would be shown')
  await press(page.getByRole('button', { name: 'Keep it between us' }))
  await page.locator('.words').waitFor()
  await look('an answer that was kept')
  const words = ((await page.locator('.words').textContent()) ?? '').trim()
  await open('/r')
  await type('Your five words', words)
  await press(page.getByRole('button', { name: 'Open', exact: true }))
  await page.getByRole('heading', { name: 'You said' }).waitFor()
  await look('what was said, by its words')
  await open('/p/call?from=2027-02-10')
  await press(page.locator('button[name=slot]').first())
  await page.getByLabel('Your name').waitFor()
  await look('the details of a call')
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
  await press(page.locator('.entry a').first())
  await page.getByRole('heading', { name: 'Jo Delgado' }).waitFor()
  await look('a booking, for staff')
  await press(page.getByRole('link', { name: 'Change the time' }))
  await page.getByLabel('The client has agreed already').waitFor()
  await look('another time, for staff')
  await page.goBack()
  await press(page.getByRole('link', { name: 'Cancel' }))
  await page.getByRole('heading', { name: 'Cancel this appointment?' }).waitFor()
  await look('a cancellation, for staff')
  await page.goBack()
  await press(page.getByRole('link', { name: 'Agenda' }).first())
  await press(page.getByRole('link', { name: 'Time off', exact: true }))
  await page.getByRole('heading', { name: 'Time off', exact: true }).waitFor()
  await look('time off')
  await type('From', '2027-02-09T00:00')
  await type('To', '2027-02-10T00:00')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await page.getByText('Already booked in this time').waitFor()
  await look('time off over a booking')
  await press(page.getByLabel(/^Cancel it/))
  await press(page.getByRole('button', { name: 'Add the time off, and do this' }))
  await page.getByText('1 of 1 done.').waitFor()
  await look('what becomes of a booking')
  await person.open('/console/time-off')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await page.getByRole('alert').waitFor()
  await look('time off without its times')
  await person.open('/console/travels')
  await type('First day there', '2027-11-02')
  await type('Last day there', '2027-11-03')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await press(page.getByRole('link', { name: 'What is booked then, Tue 2 Nov' }))
  await page.getByText('can take place').waitFor()
  await look('a travel and what is booked then')
  await person.open('/console/time-off')
  await press(page.getByRole('link', { name: 'Calendars' }))
  await page.getByText('None yet.').waitFor()
  await look('no calendars')
  await press(page.getByRole('button', { name: 'Make the address' }))
  await page.getByRole('heading', { name: 'Your new address' }).waitFor()
  await page.getByText('Or add it by hand').click()
  await look('a new calendar')
  await press(page.getByRole('link', { name: 'Busy elsewhere' }))
  await page.getByRole('heading', { name: 'Busy elsewhere' }).waitFor()
  await page.getByText('Where do I find the address?').click()
  await page.getByText('It is an account (CalDAV)').click()
  await look('no calendars elsewhere')
  await type('Address of the calendar', 'ftp://example.com')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await page.getByRole('alert').waitFor()
  await look('a calendar elsewhere that is not right yet')
  await type('Address of the calendar', 'http://127.0.0.1:9/x.ics')
  await press(page.getByRole('button', { name: 'Add', exact: true }))
  await page.getByText('Not reached').waitFor()
  await look('a calendar elsewhere that cannot be had')
  await press(page.getByRole('link', { name: 'Opening hours' }))
  await page.getByRole('heading', { name: 'Opening hours' }).waitFor()
  await look('opening hours')
  await press(page.getByRole('button', { name: 'Add a row' }))
  await page.getByRole('group', { name: 'Row 4' }).waitFor()
  await press(page.getByRole('button', { name: 'Save opening hours' }))
  await page.getByRole('alert').waitFor()
  await look('opening hours that are not right yet')
  await press(page.getByRole('link', { name: 'To do' }))
  await page.getByRole('heading', { name: 'To do' }).waitFor()
  await look('what waits')
  await press(page.getByRole('link', { name: 'Inbox' }))
  await page.getByRole('heading', { name: 'Inbox' }).waitFor()
  await look('the inbox')
  await press(page.getByRole('link', { name: 'Sign-in' }))
  await page.getByRole('button', { name: 'Add a passkey' }).waitFor()
  await look('second steps, none yet')
  await press(page.getByRole('button', { name: 'Set up an app' }))
  await page.getByText('Or type the key').click()
  await look('an authenticator app')
  await type('Six digits', '12345')
  await press(page.getByRole('button', { name: 'Set it up' }))
  await page.getByText('Give the six digits that the app shows').waitFor()
  await look('an authenticator app, with a wrong code')
  await person.open('/console/second-step/removal?step=totp')
  await look('a second step, before it is removed')
  await person.open('/console/second-steps')
  await look('lost second steps')
  const { origin } = new URL(page.url())
  await page.context().addCookies([{ name: 'step', value: 'x', url: origin }])
  await person.open('/console/sign-in/step')
  await look('the second page of a sign-in')
  for (const address of [
    '/console/new-booking',
    '/console/proposals',
    '/console/proposals/new',
    '/console/travels',
    '/console/beginnings',
    '/console/choices',
    '/console/therapists',
    '/console/therapists/jessica',
    '/console/session-types',
    '/console/session-types/couples',
    '/console/session-types/couples/plan',
    '/console/session-types/intensive-2-day/plan',
    '/console/clients'
  ]) {
    await person.open(address)
    await look(address)
  }
  await press(page.getByRole('link', { name: 'Jo Delgado' }).first())
  await page.getByRole('heading', { name: 'How appointments are confirmed' }).waitFor()
  await look('a client, for staff')
  for (const address of ['/sandbox/mail', '/sandbox/stripe']) {
    await person.open(address)
    await look(address)
  }
  await person.open('/sandbox/mail')
  await press(page.locator('.mails a').first())
  await page.getByRole('link', { name: 'All mails' }).waitFor()
  await look('a caught mail')
}
