import type { Person } from './browser.ts'
import type { Look } from './every-page.ts'
import type { House } from './house.ts'
import { hours } from './journey.ts'

/** Signs in for themselves, and looks at every page of their own. */
export async function everyPageOfOnesOwn(person: Person, house: House, look: Look): Promise<void> {
  const { page, press, type, tick } = person
  const own = 'al@example.com'
  await person.open('/me')
  await look('a page of one’s own, before signing in')
  await press(page.getByRole('link', { name: 'Sign in', exact: true }))
  await look('signing in')
  await type('E-mail', own)
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
  await look('the code to sign in with')
  const { text } = await house.mail(own, /Your code/)
  const code = page.url()
  await person.open(/http:\/\/localhost:\d+(\/s\/[\w-]+)/.exec(text)?.[1] ?? '')
  await page.getByText('You are signing in as').waitFor()
  await look('a link to sign in with')
  await person.open(code)
  await type('The eight digits from the mail', /Your code: (\d{8})/.exec(text)?.[1] ?? '')
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('heading', { name: 'Is this mailbox read only by you?' }).waitFor()
  await look('who reads the mailbox')
  await press(page.getByRole('button', { name: 'Save' }))
  await page.getByRole('alert').waitFor()
  await look('who reads the mailbox, not said')
  await tick('Yes, only by me')
  await press(page.getByRole('button', { name: 'Save' }))
  await page.getByRole('heading', { name: 'Your appointments' }).waitFor()
  for (const address of [
    '/me',
    '/me/start',
    '/me/share',
    '/me/preferences',
    '/me/feeds',
    '/me/sign-in',
    '/me/address',
    '/me/data'
  ]) {
    await person.open(address)
    await look(address)
  }
  await person.open('/me/start')
  await type('Your name', 'Al')
  await type('With whom?', 'Jo')
  await press(page.getByRole('button', { name: 'I would like to begin together' }))
  await page.getByRole('heading', { name: 'Noted.' }).waitFor()
  await look('a yes that is noted')
  await person.open('/me/second-step')
  await look('second steps of one’s own, none yet')
  await type('Your PIN', '847261')
  await type('The same once more', '847261')
  await press(page.getByRole('button', { name: 'Set the PIN' }))
  await page.getByText('Set on').waitFor()
  await look('second steps of one’s own')
  await press(page.getByRole('link', { name: 'Take it away' }))
  await page.getByRole('heading', { name: 'Take your PIN away?' }).waitFor()
  await look('a second step of one’s own, before it is taken away')
  await everyPageOfAnswering(person, look)
}

/** Suggests a time for two, and looks at what whoever is given its page comes to. */
async function everyPageOfAnswering({ page, open, press, type, tick }: Person, look: Look): Promise<void> {
  await open('/sessions/couples/times?month=2027-02&day=2027-02-18')
  await press(hours(page).first())
  await page.getByText('You are signed in as').waitFor()
  await look('details of somebody who is signed in')
  await tick('We choose together')
  await tick('I have read this and agree to it')
  await press(page.getByRole('button', { name: 'Suggest this time' }))
  await page.getByRole('heading', { name: 'A page for the other of you' }).waitFor()
  await look('a time that was suggested')
  const link = ((await page.locator('.copied code').textContent()) ?? '').trim()
  await page.context().clearCookies()
  await open(link)
  await look('a suggested time, to the other')
  await press(page.getByRole('button', { name: 'Accept' }))
  await page.getByRole('heading', { name: 'You say yes to this time' }).waitFor()
  await look('a yes to a suggested time')
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByRole('alert').waitFor()
  await type('E-mail', 'sam@example.com')
  await tick('No, somebody else may read it')
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByLabel('A PIN of your own').waitFor()
  await look('a yes to a suggested time, with its code')
  await open(link)
  await press(page.getByRole('button', { name: 'I would rather not' }))
  await page.getByRole('heading', { name: 'Thank you' }).waitFor()
  await look('after a no to a suggested time')
}
