import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { chooseTime, giveDetails } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

for (const { device, javaScript, date } of [
  { device: 'phone', javaScript: true, date: '2027-02-03' },
  { device: 'desktop', javaScript: false, date: '2027-02-04' }
] as const)
  t.test(`one person books a free call with a mailed code, ${javaScript ? 'with' : 'without'} JavaScript`, async t => {
    const story = `call-${device}-${javaScript ? 'script' : 'plain'}`
    const caller = await openPerson(t, browser, { origin: house.origin, device, story, javaScriptEnabled: javaScript })
    const { page, press, type, note } = caller
    const email = `${story}@example.com`

    await caller.open('/')
    await press(page.getByRole('link', { name: 'My partner is not sure yet' }))
    await page.getByRole('heading', { name: 'My partner is not sure yet', level: 1 }).waitFor()
    await note('not-sure')
    await press(page.getByRole('link', { name: /^A free call/ }))
    const hour = await chooseTime(caller, date)
    await giveDetails(caller, { name: 'Sam', email })
    await press(page.getByRole('button', { name: 'Send me the code' }))
    await page.getByRole('heading', { name: 'We have mailed you a code' }).waitFor()
    await note('code')

    const mail = await house.mail(email, /code/i)
    const [, first = '', last = ''] = /\b(\d{4})[ {2}]?(\d{4})\b/.exec(mail.text) ?? []
    t.match(first + last, /^\d{8}$/)
    t.notMatch(`${mail.subject}${mail.text.slice(0, 140)}`, first, 'no preview of the mail shows the code')

    await type('The eight digits from the mail', first + last.replace(/\d$/, digit => String((Number(digit) + 1) % 10)))
    await press(page.getByRole('button', { name: 'Confirm the appointment' }))
    await page.getByRole('alert').waitFor()
    await note('wrong-code')
    t.match(await page.getByRole('alert').textContent(), /code/i, 'a wrong code is told, and can be given again')

    await type('The eight digits from the mail', `${first} ${last}`)
    await press(page.getByRole('button', { name: 'Confirm the appointment' }))
    await page.getByRole('heading', { name: 'Your appointment is confirmed' }).waitFor()
    await note('confirmed')
    t.match(await page.locator('.when').textContent(), hour)
    t.match((await house.mail(email, /confirmed/)).ics, /METHOD:REQUEST/)
    t.comment(`a free call on a ${device}: ${caller.interactions()} interactions, the wrong code among them`)
    untroubled(t, caller)
  })
