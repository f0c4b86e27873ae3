import type { Person } from './browser.ts'
import type { Look } from './every-page.ts'
import type { House } from './house.ts'
import { cards, giveDetails, payBy, seeConfirmed } from './journey.ts'

const times = '/sessions/weekly/times?times=3&every=7&month=2027-03&day=2027-03-23&zone=America/New_York'

/** Looks at every page of a regular hour that is booked: skipped, moved, paused and gone on, by its client and by staff. */
export async function everyPageOfSeries(person: Person, house: House, look: Look): Promise<void> {
  const { page, press, open, type } = person
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor()
  await open(times)
  await press(page.locator('button[name=slot]').first())
  await heading('Every time, one by one')
  await press(page.getByRole('button', { name: 'Continue' }))
  await heading('Your details')
  await look('the details of a series')
  await giveDetails(person, { name: 'Robin Reyes', email: 'robin@example.com' })
  await press(page.getByRole('button', { name: /^Pay / }))
  await payBy(person, cards.pays)
  await seeConfirmed(person)
  await look('a series that is confirmed')
  const id = /\/b\/([\w-]{36})/.exec(page.url())?.[1] ?? ''
  await press(page.getByRole('link', { name: /^Skip/ }).first())
  await heading('Skip this one?')
  await look('one to be skipped')
  await open(`/b/${id}`)
  await press(page.getByRole('link', { name: /^Change/ }).first())
  await press(page.locator('button[name=start]').first())
  await heading('Move it to this time?')
  await look('one of a series, before it is moved')
  await press(page.getByRole('link', { name: 'Move this and all later ones' }))
  await heading('Move this and all later ones?')
  await look('all later ones, before they are moved')
  await open(`/b/${id}`)
  await press(page.getByRole('link', { name: 'Pause', exact: true }))
  await heading('A pause')
  await look('a pause, before it begins')
  await signIn(person, house)
  const staff = `/console/bookings/${id}`
  await open(staff)
  await look('a series, for staff')
  await press(page.getByRole('link', { name: /^With later ones/ }).first())
  await page.locator('button[name=start]').first().waitFor()
  await look('another time for all later ones, for staff')
  await press(page.locator('button[name=start]').first())
  await page.getByLabel('The client has agreed already').waitFor()
  await look('all later ones before they are moved, for staff')
  await open(`${staff}/pause`)
  await look('a pause before it begins, for staff')
  await press(page.getByRole('button', { name: 'Pause', exact: true }))
  await press(page.getByRole('link', { name: 'Go on after the pause' }))
  await page.locator('button[name=start]').first().waitFor()
  await look('going on, for staff')
  await press(page.locator('button[name=start]').first())
  await page.getByRole('button', { name: 'Go on', exact: true }).waitFor()
  await look('going on, before the click, for staff')
  await open(`/b/${id}`)
  await look('a series that pauses')
  await press(page.getByRole('link', { name: 'Go on' }))
  await heading('Go on')
  await look('going on')
  await press(page.locator('button[name=start]').first())
  await heading('Go on from then?')
  await look('going on, before the click')
  await open('/console/new-booking?type=weekly')
  await look('a series for a caller')

  async function signIn(person: Person, { staff }: House) {
    await open('/console')
    await type('E-mail', staff.email)
    await type('Password', staff.password)
    await press(person.page.getByRole('button', { name: 'Sign in' }))
    await person.page.getByRole('link', { name: 'The week after' }).waitFor()
  }
}
