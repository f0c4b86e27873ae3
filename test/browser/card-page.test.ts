import fastify from 'fastify'
import { DateTime } from 'luxon'
import t from 'tap'
import { stripeSimulator } from '../../src/sandbox/stripe.ts'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { freePort, houseClock, startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, seeConfirmed } from '../support/journey.ts'

const secretKey = 'sk_test_0123456789abcdef'
const webhookSecret = 'whsec_of_the_card_page'

t.test('the card page may be on another origin: the policy lets the payment go there and come back', async t => {
  const port = await freePort()
  const cardOrigin = `http://127.0.0.1:${port}`
  const apiBase = `${cardOrigin}/sandbox/stripe`
  const house = await startHouse(t, () => ({
    STRIPE_API_BASE: apiBase,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret
  }))
  const started = Date.now()
  const simulator = stripeSimulator({
    secretKey,
    webhookSecret,
    webhookUrl: `${house.origin}/stripe/webhook`,
    publicUrl: apiBase,
    now: () => DateTime.fromISO(houseClock, { zone: 'utc' }).plus({ milliseconds: Date.now() - started })
  })
  const server = fastify({ forceCloseConnections: true })
  await server.register(simulator.plugin, { prefix: '/sandbox/stripe' })
  await server.listen({ host: '127.0.0.1', port })
  t.teardown(async () => {
    await simulator.close()
    await server.close()
  })

  const browser = await openBrowser()
  const couple = await openPerson(t, browser, { origin: house.origin, device: 'phone', story: 'elsewhere' })
  couple.troubles.allow(cardOrigin)
  const { page, press } = couple
  await findTimesForTwo(couple)
  const policy = (await page.request.get('/')).headers()['content-security-policy']
  t.match(policy, `form-action 'self' ${cardOrigin}`)
  await chooseTime(couple, '2027-02-09')
  await giveDetails(couple, { name: 'Jo Delgado', email: 'jo@example.com' })
  await press(page.getByRole('button', { name: 'Pay $400' }))
  await page.waitForURL(url => url.origin === cardOrigin)
  await page.getByRole('link', { name: 'Go back without paying' }).click()
  await page.getByRole('heading', { name: 'One step is left: the payment' }).waitFor()
  await couple.note('one-step-left')
  await press(page.getByRole('button', { name: 'Continue to payment' }))
  await page.waitForURL(url => url.origin === cardOrigin)
  await payBy(couple, cards.pays)
  await page.waitForURL(url => url.origin === house.origin)
  await seeConfirmed(couple)
  t.match(await page.locator('#booking').textContent(), /Paid\s*\$400/)
  untroubled(t, couple)
})
