import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, seeConfirmed } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

for (const { javaScript, date, day } of [
  { javaScript: true, date: '2027-02-09', day: 'Tue 9 Feb' },
  { javaScript: false, date: '2027-02-10', day: 'Wed 10 Feb' }
])
  t.test(
    `a time taken meanwhile offers the nearest others and keeps what was typed, ${javaScript ? 'with' : 'without'} JavaScript`,
    async t => {
      const story = `taken-${javaScript ? 'script' : 'plain'}`
      const options = { origin: house.origin, device: 'phone', javaScriptEnabled: javaScript } as const
      const slow = await openPerson(t, browser, { ...options, story })
      const quick = await openPerson(t, browser, { ...options, story: `${story}-rival` })
      const { page, press, note } = slow
      const email = `${story}@example.com`

      await findTimesForTwo(slow)
      const hour = await chooseTime(slow, date)
      await giveDetails(slow, { name: 'Renée O’Hara', email })

      await findTimesForTwo(quick)
      t.equal(await chooseTime(quick, date), hour, 'both chose the same time')
      await giveDetails(quick, { name: 'A Rival', email: `${story}-rival@example.com` })
      await quick.press(quick.page.getByRole('button', { name: 'Pay $400' }))
      await quick.page.getByRole('heading', { name: 'Pay by card' }).waitFor()

      await press(page.getByRole('button', { name: 'Pay $400' }))
      await page.getByRole('heading', { name: 'That time has just been taken' }).waitFor()
      await note('taken')
      const others = page.locator('button[formaction]')
      const offered = (await others.allTextContents()).map(text => text.trim())
      t.ok(offered.length >= 2, 'there are others')
      t.match(offered[0], day, 'the nearest is on the same day')
      t.notOk(
        offered.some(text => text.startsWith(`${day}, ${hour} `)),
        'the taken time is not among them'
      )

      await press(others.first())
      await page.getByRole('heading', { name: 'Your details' }).waitFor()
      await note('details-again')
      t.equal(await page.getByLabel('Your name').inputValue(), 'Renée O’Hara')
      t.equal(await page.getByLabel('E-mail').inputValue(), email)
      t.ok(await page.getByLabel('Yes, only by me').isChecked())
      t.notOk(
        await page.getByLabel('We have both agreed').isChecked(),
        'what was agreed for one time is not for another'
      )
      t.match(await page.locator('.when').textContent(), day)

      await page.getByLabel('We have both agreed').check()
      await page.getByLabel('I have read this and agree to it').check()
      await press(page.getByRole('button', { name: 'Pay $400' }))
      await payBy(slow, cards.pays)
      await seeConfirmed(slow)
      t.match(offered[0], /\d\d:\d\d/)
      t.match(await page.locator('.when').textContent(), /\d\d:\d\d/.exec(offered[0] ?? '')?.[0] ?? 'no time')
      untroubled(t, slow, quick)
    }
  )
