import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, giveDetails, payBy, seeConfirmed, telling } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()
/** A partner is at a sent concern after so few steps. */
const most = 3

for (const { device, javaScript, date } of [
  { device: 'phone', javaScript: true, date: '2027-02-09' },
  { device: 'desktop', javaScript: false, date: '2027-02-10' }
] as const)
  t.test(
    `one begins alone, the other says what is uncomfortable, the therapist replies, ${javaScript ? 'with' : 'without'} JavaScript`,
    async t => {
      const kind = `${device}-${javaScript ? 'script' : 'plain'}`
      const options = { origin: house.origin, device, javaScriptEnabled: javaScript } as const
      const inviter = await openPerson(t, browser, { ...options, story: `inviter-${kind}` })
      const partner = await openPerson(t, browser, { ...options, story: `partner-${kind}` })
      const therapist = await openPerson(t, browser, { ...options, story: `inbox-${kind}` })

      await inviter.open(`/sessions/individual/times?month=2027-02&day=${date}`)
      await chooseTime(inviter, date)
      await giveDetails(inviter, { name: 'Sam', email: `sam-${kind}@example.com` })
      await inviter.press(inviter.page.getByRole('button', { name: /pay/i }))
      await payBy(inviter, cards.pays)
      await seeConfirmed(inviter)
      await inviter.press(inviter.page.getByRole('link', { name: 'A page to share with somebody close to you' }))
      await inviter.press(inviter.page.getByRole('button', { name: 'Make the page' }))
      await inviter.page.getByRole('heading', { name: 'The link alone' }).waitFor()
      await inviter.note('share')
      const link = (await inviter.page.locator('.address code').textContent())?.trim() ?? ''
      t.ok((await inviter.page.getByLabel('Curiosity').inputValue()).includes(link))

      await partner.open(link)
      await partner.note('page')
      const entries = await partner.page.evaluate(() => history.length)
      await partner.page.getByLabel('I have no time for this').check()
      await partner.page.getByLabel('More, if you like').fill('Every week is too much.')
      await partner.press(partner.page.getByRole('button', { name: 'Send', exact: true }))
      await partner.page.getByText('Then the weekly hour is probably not for you.').waitFor()
      await partner.note('answered')
      if (javaScript) t.equal(await partner.page.evaluate(() => history.length), entries, 'one entry for the whole way')
      t.ok(partner.interactions() + 1 <= most, 'no field but the choice is needed')
      t.comment(`from the link to a sent concern on a ${device}: ${partner.interactions() + 1} interactions`)
      const words = (await partner.page.locator('.words').textContent())?.trim() ?? ''
      t.match(words, /^[a-z-]+( [a-z-]+){4}$/)
      t.same(await partner.page.context().cookies(), [], 'nothing of it stays in this browser')

      await therapist.open('/console/inbox')
      await therapist.type('E-mail', 'jessica@example.com')
      await therapist.type('Password', house.staff.password)
      await therapist.press(therapist.page.getByRole('button', { name: 'Sign in' }))
      await therapist.open('/console/inbox')
      await therapist.note('inbox')
      const before = therapist.interactions()
      const item = therapist.page.getByRole('article').filter({ hasText: 'Every week is too much.' }).first()
      await item.getByLabel('Reply').fill('There are private days, too.') // a field that is filled in counts, too
      await therapist.press(item.getByRole('button', { name: 'Send the reply' }))
      await therapist.page.getByText('There are private days, too.').first().waitFor()
      const replies = therapist.interactions() - before + 1
      t.ok(replies <= most, `the therapist replies in ${replies} interactions`)
      await therapist.note('replied')

      await partner.open('/r')
      await partner.note('come-back')
      await partner.type('Your five words', words)
      await partner.press(partner.page.getByRole('button', { name: 'Open', exact: true }))
      await partner.page.getByText('There are private days, too.').waitFor()
      await partner.note('thread')

      for (const { title, path } of partner.noted()) {
        t.equal(title, 'A private page')
        t.notMatch(path, telling)
      }
      untroubled(t, inviter, partner, therapist)
    }
  )
