import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, seeConfirmed, telling } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

const stories = [
  { device: 'phone', javaScript: true, date: '2027-02-09', declinedFirst: false },
  { device: 'phone', javaScript: false, date: '2027-02-10', declinedFirst: true },
  { device: 'desktop', javaScript: true, date: '2027-02-11', declinedFirst: true },
  { device: 'desktop', javaScript: false, date: '2027-02-15', declinedFirst: false }
] as const

for (const { device, javaScript, date, declinedFirst } of stories) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`

  t.test(`a couple books a session from the home page to the confirmation, ${how}`, async t => {
    const story = `booking-${device}-${javaScript ? 'script' : 'plain'}`
    const couple = await openPerson(t, browser, { origin: house.origin, device, story, javaScriptEnabled: javaScript })
    const { page, press, note } = couple
    const email = `${story}@example.com`

    await findTimesForTwo(couple)
    const hour = await chooseTime(couple, date)
    await giveDetails(couple, { name: 'Jo Delgado', email })
    const terms = page.getByRole('region', { name: 'What you agree to' })
    t.match(await terms.textContent(), /\$400/, 'the sum that comes back is named before paying')
    await press(page.getByRole('button', { name: 'Pay $400' }))
    if (declinedFirst) {
      await payBy(couple, cards.isDeclined)
      await page.getByText('Your card was declined. Nothing was charged.').waitFor()
      await note('declined')
    }
    await payBy(couple, cards.pays)
    await seeConfirmed(couple)
    await note('confirmed')
    t.match(await page.locator('.when').textContent(), hour)
    t.match(await page.locator('#booking').textContent(), /Paid\s*\$400/)
    if (!declinedFirst) {
      t.comment(`a couple's booking, ${how}: ${couple.interactions()} interactions (bar: 14)`)
      t.ok(couple.interactions() <= 14, 'at most 14 interactions')
    }

    const steps = couple.noted()
    t.match(
      steps.filter(({ step }) => /times|day|details|confirmed/.test(step)).map(({ title }) => title),
      ['Appointment', 'Appointment', 'Appointment', 'Appointment', 'Appointment'],
      'from the choice of a session on, the tab says Appointment'
    )
    const chosen = steps.slice(steps.findIndex(({ step }) => step === 'details'))
    t.ok(chosen.length >= 4, 'the steps after the choice were noted')
    t.same(
      chosen.filter(({ title, path }) => telling.test(title) || telling.test(path)),
      [],
      'from the choice of a time on, no title and no address tells what it is'
    )

    const mail = await house.mail(email, /confirmed/)
    t.match(mail.subject, /^Your appointment on \w{3} \d+ Feb$/)
    t.notMatch(`${mail.subject} ${mail.text} ${mail.headers.from}`, /\$|couple|therap|jessica|Delgado|48 West/i)
    t.match(mail.ics, /METHOD:REQUEST[\s\S]*SUMMARY:Appointment/)
    t.match(mail.headers['content-type'], /multipart/)
    const link = /http:\/\/localhost:\d+\/b\/[\w-]+/.exec(mail.text)?.[0] ?? ''
    const other = await openPerson(t, browser, {
      origin: house.origin,
      device,
      story: `${story}-mailed`,
      javaScriptEnabled: javaScript
    })
    await other.open(link)
    await other.note('by-mail')
    t.match(await other.page.locator('.when').textContent(), hour)
    t.notMatch(
      await other.page.locator('main').textContent(),
      /\$400|A session for two|Delgado/,
      'the mailed link shows the time alone'
    )
    untroubled(t, couple, other)
  })
}
