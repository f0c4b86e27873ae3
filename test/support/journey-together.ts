import type { Person } from './browser.ts'
import type { House } from './house.ts'
import { cards, chooseTime, giveDetails, payBy, seeConfirmed } from './journey.ts'

const codeIn = (text: string) => /\b(\d{8})\b/.exec(text)?.[1] ?? ''

/** Books a session of their own, pays it and makes the page to share. @returns its link */
export async function beginAlone(person: Person, date: string, { name, email }: { name: string; email: string }) {
  const { page, press, note } = person
  await person.open(`/sessions/individual/times?month=2027-02&day=${date}`)
  await chooseTime(person, date)
  await giveDetails(person, { name, email })
  await press(page.getByRole('button', { name: /pay/i }))
  await payBy(person, cards.pays)
  await seeConfirmed(person)
  await press(page.getByRole('link', { name: 'A page to share with somebody close to you' }))
  await press(page.getByRole('button', { name: 'Make the page' }))
  await page.getByRole('heading', { name: 'The link alone' }).waitFor()
  await note('share')
  return ((await page.locator('.address code').textContent()) ?? '').trim()
}

/** Says something to the therapist alone. @returns the five words that open the reply */
export async function sayToTherapist({ page, press, note, open }: Person, link: string, words: string) {
  await open(link)
  await note('page')
  await page.getByLabel('I would be the one to blame').check()
  await page.getByLabel('More, if you like').fill(words)
  await press(page.getByRole('button', { name: 'Send', exact: true }))
  await page.getByText('Nobody here looks for who is at fault.').waitFor()
  await note('said')
  return ((await page.locator('.words').textContent()) ?? '').trim()
}

/** Reads the reply by the five words, alone. */
export async function readReply({ page, press, type, note, open }: Person, words: string, reply: string) {
  await open('/r')
  await type('Your five words', words)
  await press(page.getByRole('button', { name: 'Open', exact: true }))
  await page.getByText(reply).waitFor()
  await note('reply')
}

/** Twenty minutes for the partner alone, from the page that they were given. */
export async function bookCall(
  person: Person,
  house: House,
  link: string,
  { name, email }: { name: string; email: string }
) {
  const { page, press, type, tick, note } = person
  await person.open(link)
  await press(page.getByRole('link', { name: /^Twenty minutes, just you/ }))
  await page.getByRole('heading', { name: 'Twenty minutes, just you' }).last().waitFor()
  await person.open('/p/call?from=2027-02-10')
  await press(page.locator('button[name=slot]').first())
  await page.getByLabel('Your name').waitFor()
  await type('Your name', name)
  await type('E-mail', email)
  await tick('Yes, only by me')
  await tick('I have read this and agree to it')
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByRole('heading', { name: 'We have mailed you a code' }).waitFor()
  await type('The eight digits from the mail', codeIn((await house.mail(email, /Your code/)).text))
  await press(page.getByRole('button', { name: 'Confirm the call' }))
  await page.getByRole('heading', { name: 'Your call is confirmed' }).waitFor()
  await note('call')
}

/** Signs in with an address for the first time, and says of what was booked with it that it is theirs. */
export async function signInFirst(person: Person, house: House, email: string): Promise<void> {
  const { page, press, type, tick, note } = person
  const before = (await house.mails(email)).filter(({ subject }) => subject === 'Your code').length
  await person.open('/sign-in')
  await type('E-mail', email)
  await press(page.getByRole('button', { name: 'Send me the code' }))
  await page.getByRole('heading', { name: 'Look at your mail' }).waitFor()
  const codes = async () => (await house.mails(email)).filter(({ subject }) => subject === 'Your code')
  while ((await codes()).length <= before) await page.waitForTimeout(100)
  await type('The eight digits from the mail', codeIn((await codes()).at(-1)?.text ?? ''))
  await press(page.getByRole('button', { name: 'Sign in' }))
  await page.getByRole('heading', { name: 'Is this mailbox read only by you?' }).waitFor()
  await tick('Yes, only by me')
  await press(page.getByRole('button', { name: 'Save' }))
  await page.getByRole('heading', { name: 'Booked or asked for with this address' }).waitFor()
  await page.locator('input[name=booking]').first().check()
  await note('found')
  await press(page.getByRole('button', { name: 'These are mine' }))
  await page
    .getByRole('link', { name: /^Change the time/ })
    .first()
    .waitFor()
  await note('own')
}

/** Says yes to beginning together, on the page that tells nothing of the other's yes. */
export async function sayYes({ page, press, type, note, open }: Person, whom: string, link?: string): Promise<void> {
  await open('/me/start')
  await page.getByRole('heading', { name: 'Your own yes' }).waitFor()
  const name = page.getByLabel('Your name')
  if (await name.isVisible()) await name.fill(whom === 'Bo' ? 'Ada' : 'Bo')
  await type('With whom?', whom)
  if (link) await page.getByLabel(/^The private page/).fill(link)
  await note('yes')
  await press(page.getByRole('button', { name: 'I would like to begin together' }))
  await page.getByText('Noted. Nothing happens until the practice gets in touch.').waitFor()
  await note('noted')
}

/** Reads what the two would begin with, and agrees. */
export async function agree({ page, press, note, open }: Person): Promise<string> {
  await open('/me/start')
  const question = page.getByRole('heading', { name: 'Please read this, and decide for yourself' })
  await question.waitFor()
  await note('question')
  const words = (await page.locator('main').textContent()) ?? ''
  await press(page.getByRole('button', { name: 'I agree' }))
  await question.waitFor({ state: 'detached' })
  return words
}

/** A calendar address of one's own. @returns what an app fetches there */
export async function subscribe({ page, press, open }: Person): Promise<() => Promise<string>> {
  await open('/me/feeds')
  await press(page.getByRole('button', { name: 'Make an address' }))
  await page.getByRole('heading', { name: 'Your new address' }).waitFor()
  const address = ((await page.locator('code').first().textContent()) ?? '').trim()
  return async () => (await (await fetch(address)).text()).replace(/\r\n[ \t]/g, '')
}
