import { DateTime } from 'luxon'
import type { Page } from 'playwright-core'
import t from 'tap'
import { openBrowser, openPerson, type Person, untroubled } from '../support/browser.ts'
import { type House, startHouse } from '../support/house.ts'
import { fromBase32, shown } from '../support/second-step.ts'

/** A device that knows its owner by a fingerprint and keeps passkeys, as Chromium plays it (W3C WebAuthn, 11). */
async function plugIn(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true
  } as const
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options })
  return {
    async keys() {
      return (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials
    },
    /** Somebody copied the device as it was: its count of signatures goes on from there. */
    async setBack(signCount: number) {
      for (const credential of await this.keys()) {
        const { credentialId } = credential
        await session.send('WebAuthn.removeCredential', { authenticatorId, credentialId })
        await session.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount } })
      }
    },
    /** It is there and does not know who holds it. */
    async doubt() {
      await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
    }
  }
}

async function givePassword({ page, press, type, open }: Person, house: House): Promise<void> {
  await open('/console/sign-in')
  await type('E-mail', house.staff.email)
  await type('Password', house.staff.password)
  await press(page.getByRole('button', { name: 'Sign in' }))
}

t.test(
  'a passkey is made and used as the second step of staff; a copied one and a device in doubt are refused',
  async t => {
    const house = await startHouse(t)
    const browser = await openBrowser()
    const person = await openPerson(t, browser, { origin: house.origin, story: 'passkey-staff' })
    const { page, press, type, note } = person
    const device = await plugIn(page)
    await givePassword(person, house)
    await press(page.getByRole('link', { name: 'Sign-in' }))
    await page.getByRole('button', { name: 'Add a passkey' }).waitFor()
    await note('nothing-yet')
    await type('What you call it', 'Laptop')
    await press(page.getByRole('button', { name: 'Add a passkey' }))
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    t.equal(await page.locator('.codes li').count(), 10)
    await note('recovery-codes')
    const [made] = await device.keys()
    t.match(made, { isResidentCredential: true, rpId: 'localhost' })
    await press(page.getByRole('link', { name: 'I have kept them' }))
    await page.locator('strong', { hasText: 'Laptop' }).waitFor()
    await note('passkey-there')
    await press(page.getByRole('button', { name: 'Add a passkey' }))
    await page.getByText('This device has a passkey for here already.').waitFor()
    await press(page.getByRole('button', { name: 'Sign out' }))

    await givePassword(person, house)
    await page.getByRole('heading', { name: 'Your second step' }).waitFor()
    await note('second-page')
    await press(page.getByRole('button', { name: 'Use a passkey' }))
    await page.getByRole('link', { name: 'The week after' }).waitFor()
    t.ok(((await device.keys())[0]?.signCount ?? 0) > 0, 'the device counts')
    await press(page.getByRole('link', { name: 'Sign-in' }))
    await page.getByText(/last used/).waitFor()
    await press(page.getByRole('button', { name: 'Sign out' }))

    await device.setBack(0)
    await givePassword(person, house)
    await press(page.getByRole('button', { name: 'Use a passkey' }))
    await page.locator('.note.warn').waitFor()
    t.match(await page.locator('.note.warn').textContent(), /Check the address, the password and the code/)
    await note('copied-passkey')
    await device.doubt()
    await press(page.getByRole('button', { name: 'Use a passkey' }))
    await page.getByText('Nothing was done. Try again when you like.').waitFor()
    t.match(new URL(page.url()).pathname, '/console/sign-in/step')
    untroubled(t, person)
  }
)

t.test(
  'on a telephone without JavaScript: an app by its key, its codes, a recovery code, and the way to take it away',
  async t => {
    const house = await startHouse(t)
    const browser = await openBrowser()
    const options = { origin: house.origin, device: 'phone', javaScriptEnabled: false } as const
    const person = await openPerson(t, browser, { ...options, story: 'app-staff' })
    const { page, press, type, note } = person
    const now = await clockOf(house)
    await givePassword(person, house)
    await press(page.getByRole('link', { name: 'Sign-in' }))
    t.ok(await page.getByText('A passkey needs JavaScript').isVisible())
    t.notOk(await page.getByRole('button', { name: 'Add a passkey' }).isVisible())
    await press(page.getByRole('button', { name: 'Set up an app' }))
    await page.getByRole('img', { name: 'A picture with the key' }).waitFor()
    await page.getByText('Or type the key').click()
    await note('key')
    const key = fromBase32((await page.locator('code').textContent()) ?? '')
    await type('Six digits', shown(key, now()))
    await press(page.getByRole('button', { name: 'Set it up' }))
    await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor()
    const recovery = (await page.locator('.codes code').first().textContent()) ?? ''
    await note('recovery-codes')
    await press(page.getByRole('link', { name: 'I have kept them' }))
    await page.getByText(/Set up on/).waitFor()
    await note('app-there')
    await press(page.getByRole('button', { name: 'Sign out' }))

    await givePassword(person, house)
    await page.getByRole('heading', { name: 'Your second step' }).waitFor()
    await note('second-page')
    await type('Code', '000000')
    await press(page.getByRole('button', { name: 'Sign in' }))
    await page.getByRole('alert').waitFor()
    await note('wrong-code')
    await type('Code', recovery.trim())
    await press(page.getByRole('button', { name: 'Sign in' }))
    await press(page.getByRole('link', { name: 'Sign-in' }))
    await page.getByText('9 are left.').waitFor()
    await press(page.getByRole('link', { name: 'Remove the app' }))
    await note('remove')
    await type('Your password', house.staff.password)
    await press(page.getByRole('button', { name: 'Remove it' }))
    await page.getByRole('button', { name: 'Set up an app' }).waitFor()
    await press(page.getByRole('link', { name: 'Somebody has lost their second step' }))
    await page.getByRole('heading', { name: 'A lost second step' }).waitFor()
    await note('lost')
    untroubled(t, person)
  }
)

t.test('a person sets a PIN and a passkey, and at the next sign-in the passkey opens what is theirs', async t => {
  const house = await startHouse(t)
  const browser = await openBrowser()
  const person = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: 'own-step' })
  const { page, press, type, note, open } = person
  const device = await plugIn(page)
  await signInByMail(person, house)
  await open('/me/second-step')
  await note('nothing-yet')
  for (const label of ['Your PIN', 'The same once more']) await type(label, '824917')
  await press(page.getByRole('button', { name: 'Set the PIN' }))
  await page.getByText('Set on').waitFor()
  await press(page.getByRole('button', { name: 'Add a passkey' }))
  await page.getByText('Added Mon 1 Feb').waitFor()
  await note('both')
  const [made] = await device.keys()
  t.match(made, { userName: 'Appointments', userDisplayName: 'Appointments' }, 'the device names neither them nor us')

  await page.context().clearCookies()
  await signInByMail(person, house)
  await open('/me/second-step')
  await page.getByRole('heading', { name: 'One more step' }).waitFor()
  await note('give')
  await press(page.getByRole('button', { name: 'Use your passkey' }))
  await page.waitForURL('**/me')
  await open('/me/second-step')
  await press(page.getByRole('link', { name: 'Take away Passkey' }))
  await note('take-away')
  await press(page.getByRole('button', { name: 'Use your passkey, and take it away' }))
  await page.getByText('Set on').waitFor()
  t.equal(await page.getByText('Added Mon').count(), 0)
  untroubled(t, person)
})

/** The house's own time, told by a sign-in's access token: the process began at an instant of its own. */
async function clockOf({ origin, staff }: House): Promise<() => DateTime> {
  const answer = await ask(origin, '/api/sessions', staff)
  const claims = JSON.parse(Buffer.from(answer.accessToken?.split('.')[1] ?? '', 'base64url').toString())
  const ahead = claims.iat * 1000 - Date.now()
  return () => DateTime.fromMillis(Date.now() + ahead, { zone: 'utc' })
}

/** Gives the mailed code as a program does, and the browser what it would have kept. */
async function signInByMail({ page }: Person, house: House): Promise<void> {
  const { origin } = house
  const email = 'jo@example.com'
  const before = (await house.mails(email)).length
  const { request } = await ask(origin, '/api/sign-in-links', { email })
  for (let tries = 0; (await house.mails(email)).length === before && tries < 400; tries += 1)
    await page.waitForTimeout(100)
  const [, code] = /Your code: (\d{8})/.exec((await house.mails(email)).at(-1)?.text ?? '') ?? []
  const { accessToken = '' } = await ask(origin, '/api/sessions', { code, request })
  await page
    .context()
    .addCookies([{ name: 'person', value: accessToken, url: origin, sameSite: 'Lax', httpOnly: true }])
}

async function ask(origin: string, path: string, body: object): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json' }
  return JSON.parse(
    await (await fetch(`${origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text()
  )
}
