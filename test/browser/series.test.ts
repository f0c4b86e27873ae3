import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, giveDetails, hours, payBy, seeConfirmed } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

for (const { device, date } of [
  { device: 'phone', date: '2027-02-09' },
  { device: 'desktop', date: '2027-02-10' }
] as const)
  t.test(`a couple books a regular hour and skips one of it, on a ${device}`, async t => {
    const story = `series-${device}`
    const couple = await openPerson(t, browser, { origin: house.origin, device, story })
    const { page, press, note, open } = couple
    await open('/sessions/weekly')
    await note('session')
    await page.getByLabel('How many times').fill('4')
    await press(page.getByRole('button', { name: 'See the times' }))
    await page.getByRole('heading', { name: 'Choose the first time' }).waitFor()
    await press(page.locator(`#d${date}`))
    await page.locator(`#d${date}[aria-current=date]`).waitFor()
    await note('times')
    await press(hours(page).first())
    await page.getByRole('heading', { name: 'Every time, one by one' }).waitFor()
    await note('each')
    t.match(await page.locator('#sum').textContent(), '4 appointments: $1,600.')
    await page.locator('#o1-l').check()
    await page.getByText('3 appointments: $1,200.').waitFor()
    await note('each-left-out')
    await press(page.getByRole('button', { name: 'Continue' }))
    await page.getByRole('heading', { name: 'Your details' }).waitFor()
    await giveDetails(couple, { name: 'Jo Delgado', email: `${story}@example.com` })
    await press(page.getByRole('button', { name: 'Pay $1,200' }))
    await payBy(couple, cards.pays)
    await seeConfirmed(couple)
    await note('confirmed')
    await press(page.getByRole('link', { name: /^Skip/ }).nth(1))
    await page.getByRole('heading', { name: 'Skip this one?' }).waitFor()
    await note('skip')
    await press(page.getByRole('button', { name: 'Skip it' }))
    await page.locator('s').waitFor()
    await note('skipped')
    await press(page.getByRole('link', { name: 'Pause' }))
    await page.getByRole('heading', { name: 'A pause' }).waitFor()
    await note('pause')
    untroubled(t, couple)
  })
