import type { Test } from 'tap'
import t from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { aStart, open, someone } from '../support/open.ts'
import { visitor } from './visitor.ts'

const typed = { name: 'Jo', email: someone.email, mailbox: 'own', agreed: 'yes', consent: 'yes', termsVersion: '1' }

/** A browser that has booked and paid, signed in or not. @returns it, with the page of what it booked */
async function booked(t: Test, type: 'individual' | 'couples', signedIn = false) {
  const house = await open(t)
  const browser = visitor(house.app)
  const token = signedIn ? await house.signInPerson(someone.email) : undefined
  if (token) browser.cookies.set(cookieNames(house.deps.settings).person, token)
  const choice = await browser.post('/b', { type, slot: `${aStart} jessica office`, zone: 'America/New_York' })
  const details = await browser.get(String(choice.headers.location))
  const paying = await browser.post(String(choice.headers.location), typed)
  const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
  house.gateway.pay(checkout)
  const address = String((await browser.get(`/x/${checkout.replace('cs_', '')}`)).headers.location)
  const page = async () => (await browser.get(address)).body
  return { ...house, browser, token, details: details.body, page }
}

const offer = 'For your eyes alone'

t.test('beside an appointment of one’s own a second step is offered, until there is one', async t => {
  const { page, request, token } = await booked(t, 'individual', true)
  const before = await page()
  t.match(before, 'Your appointment is confirmed')
  t.match(before, offer)
  t.match(before, 'href="/me/second-step"')
  t.equal((await request('PUT', '/api/me/pin', { pin: '824917' }, token)).statusCode, 204)
  t.notMatch(await page(), offer)
})

t.test('whoever booked without signing in is offered it too, after a sign-in', async t => {
  const { page, browser, app, work, mails } = await booked(t, 'individual')
  t.match(await page(), offer)
  t.match(await browser.get('/me/second-step'), { statusCode: 401, body: /href="\/sign-in"/ })
  await work()
  const link = /\/b\/[\w-]{43}/.exec(mails.map(({ text }) => text).join())?.[0] ?? ''
  const mailed = visitor(app)
  const opened = await mailed.get(String((await mailed.get(link)).headers.location))
  t.match(opened.body, 'Your appointment is confirmed')
  t.notMatch(opened.body, offer, 'a mailed link proves nobody')
})

t.test('what is for two offers none, and says before the click that some are confirmed personally', async t => {
  const two = await booked(t, 'couples')
  t.match(two.details, 'Some appointments are confirmed personally.')
  t.notMatch(await two.page(), offer)
  t.notMatch((await booked(t, 'individual')).details, 'confirmed personally')
})
