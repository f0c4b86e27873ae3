import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, payBy, seeConfirmed, telling } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

for (const { javaScript, date, day, until, device } of [
  { javaScript: true, date: '2027-02-09', day: 'Thu 18 Feb', until: 'Tue 16 Feb', device: 'phone' },
  { javaScript: false, date: '2027-02-10', day: 'Fri 19 Feb', until: 'Wed 17 Feb', device: 'desktop' }
] as const)
  t.test(
    `a client changes the time, then cancels and sees the sum before, ${javaScript ? 'with' : 'without'} JavaScript`,
    async t => {
      const story = `change-${javaScript ? 'script' : 'plain'}`
      const person = await openPerson(t, browser, {
        origin: house.origin,
        device,
        javaScriptEnabled: javaScript,
        story
      })
      const { page, press, note } = person
      const free = `Until ${until}, 10:00 EST you get $400 back. After that nothing.`
      const email = `${story}@example.com`
      await findTimesForTwo(person)
      await chooseTime(person, date)
      await giveDetails(person, { name: 'Renée O’Hara', email })
      await press(page.getByRole('button', { name: 'Pay $400' }))
      await payBy(person, cards.pays)
      await seeConfirmed(person)
      const first = await house.mail(email, /confirmed/)

      await note('confirmed-with-changes')
      await press(page.getByRole('link', { name: 'Change the time' }))
      await page.getByRole('heading', { name: 'Change the time' }).waitFor()
      await note('choose-another')
      await press(page.getByRole('link', { name: 'Later' }))
      await page.getByRole('region', { name: day }).waitFor()
      await note('choose-another-later')
      const other = page.getByRole('region', { name: day }).getByRole('button', { name: '10:00' })
      await press(other)
      await page.getByRole('heading', { name: 'Move it to this time?' }).waitFor()
      t.match(await page.locator('.facts').innerText(), free)
      await note('before-the-move')
      await press(page.getByRole('button', { name: 'Move the appointment' }))
      await page.getByRole('heading', { name: 'Your appointment is confirmed' }).waitFor()
      await page.locator('.when', { hasText: day }).waitFor()
      t.match(await page.locator('.facts').innerText(), free, 'as was said')
      await note('moved')
      t.match(await page.locator('.when').first().innerText(), /10:00–\u206011:20/)
      const moved = await house.mail(email, new RegExp(day))
      const uid = /UID:(\S+)/
      t.equal(uid.exec(moved.ics ?? '')?.[1], uid.exec(first.ics ?? '')?.[1], 'the same calendar entry')
      t.match(moved.ics, /SEQUENCE:1/)
      t.match(moved.text, `free of charge until ${until}, 10:00`)

      await press(page.getByRole('link', { name: 'Cancel the appointment' }))
      await page.getByRole('heading', { name: 'Cancel this appointment?' }).waitFor()
      t.match(await page.locator('.facts').innerText(), /You get back\s+\$400/)
      await note('cancel')
      await press(page.getByRole('button', { name: 'Cancel the appointment' }))
      await page.getByText('$400 goes back to the card').waitFor()
      await note('cancelled')
      const cancelled = await house.mail(email, /is cancelled, as you asked/)
      t.match(cancelled.ics, /METHOD:CANCEL/)
      t.match(cancelled.ics, /SEQUENCE:2/)
      for (const { title, path } of person.noted().slice(5)) {
        t.notMatch(title, telling)
        t.notMatch(path, telling)
      }
      untroubled(t, person)
    }
  )
