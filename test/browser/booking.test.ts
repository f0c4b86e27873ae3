import t from 'tap'
import { openBrowser, openPerson } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, telling } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser(t)

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
    const { page, press, shot } = couple
    const email = `${story}@example.com`

    await findTimesForTwo(couple)
    t.equal(await page.title(), 'Appointment')
    const after: string[] = []
    page.on('framenavigated', frame => after.push(frame.url()))
    const hour = await chooseTime(couple, date)
    after.splice(0, after.findLastIndex(address => address.includes('/times')) + 1)
    await giveDetails(couple, { name: 'Jo Delgado', email })
    const terms = page.getByRole('region', { name: 'What you agree to' })
    t.match(await terms.textContent(), /\$400/, 'the sum that comes back is named before paying')
    await press(page.getByRole('button', { name: 'Pay $400' }))
    if (declinedFirst) {
      await payBy(couple, cards.isDeclined)
      await page.getByText('Your card was declined. Nothing was charged.').waitFor()
      await shot('declined')
    }
    await payBy(couple, cards.pays)
    const confirmed = page.getByRole('heading', { name: 'Your appointment is confirmed' })
    // Paid and not yet confirmed: the page asks again by itself, or by its link.
    while (!javaScript && !(await confirmed.isVisible())) await page.getByRole('link', { name: 'Look again' }).click()
    await confirmed.waitFor()
    await shot('confirmed')
    t.match(await page.locator('.when').textContent(), hour)
    t.match(await page.locator('#booking').textContent(), /Paid\s*\$400/)
    if (!declinedFirst) {
      t.comment(`a couple's booking, ${how}: ${couple.interactions()} interactions (bar: 14)`)
      t.ok(couple.interactions() <= 14, 'at most 14 interactions')
    }

    t.ok(after.length >= 3, 'every page after the choice was seen')
    t.same(
      after.map(address => new URL(address).pathname).filter(path => telling.test(path)),
      []
    )
    t.notMatch(await page.title(), telling)

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
    await other.shot('by-mail')
    t.match(await other.page.locator('.when').textContent(), hour)
    t.notMatch(
      await other.page.locator('main').textContent(),
      /\$400|A session for two|Delgado/,
      'the mailed link shows the time alone'
    )
  })
}
