import type { Person } from './browser.ts'
import type { Look } from './every-page.ts'
import type { House } from './house.ts'

const email = 'own@example.com'
const ownPages = ['start', 'share', 'preferences', 'feeds', 'sign-in', 'mailbox', 'address', 'second-step', 'data']

/** Brings somebody who signs in to every page of their own, and the other of two to a suggested time. */
export async function everyPageOfPersons(person: Person, house: House, look: Look): Promise<void> {
  const { page, press, type, tick } = person
  await everyPageOfAsked(person, house, look)
  await person.open('/sign-in')
  await look('a sign-in')
  await type('E-mail', email)
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
  await look('a sign-in’s code')
  const { text } = await house.mail(email, /Your code/)
  await type('The eight digits from the mail', /Your code: (\d{8})/.exec(text)?.[1] ?? '')
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('heading', { name: 'Is this mailbox read only by you?' }).waitFor()
  await tick('Yes, only by me')
  await press(page.getByRole('button', { name: 'Save' }))
  await page.getByRole('heading', { name: 'Your appointments' }).waitFor()
  await look('one’s own appointments')
  for (const name of ownPages) {
    await person.open(`/me/${name}`)
    await look(`/me/${name}`)
  }
  await person.open('/me/start')
  await press(page.getByRole('button', { name: 'I would like to begin together' }))
  await page.getByRole('alert').first().waitFor()
  await look('a yes that is not right yet')
  await type('Your name', 'Jo')
  await type('With whom?', 'Sam')
  await press(page.getByRole('button', { name: 'I would like to begin together' }))
  await page.getByText('Noted. Nothing happens').waitFor()
  await look('a yes that was said')
}

/** What the other of two comes to who is asked by a link. */
async function everyPageOfAsked({ page, press, open, type }: Person, { origin }: House, look: Look): Promise<void> {
  const answer = await fetch(`${origin}/api/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      sessionType: 'couples',
      start: '2027-02-16T15:00:00Z',
      person: { name: 'Jo', email: 'asks@example.com', zone: 'America/New_York' },
      together: true,
      consent: { termsVersion: 1 }
    })
  })
  const { partnerLink }: { partnerLink: string } = JSON.parse(await answer.text())
  await open(partnerLink)
  await look('a suggested time')
  await press(page.getByRole('button', { name: 'Accept' }))
  await page.getByRole('heading', { name: 'You say yes to this time' }).waitFor()
  await look('a yes to a suggested time')
  await type('Your name', 'Sam')
  await type('E-mail', 'asked@example.com')
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByLabel('The eight digits from the mail').waitFor()
  await look('a yes that waits for its code')
  await open(partnerLink)
  await press(page.getByRole('button', { name: 'I would rather not' }))
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await look('after a no to a suggested time')
}
