import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { telling } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

const stories = [
  { device: 'phone', javaScript: true, date: '2027-03-09' },
  { device: 'desktop', javaScript: false, date: '2027-03-16' }
] as const

for (const { device, javaScript, date } of stories) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`
  t.test(`a couple takes conversations before and a follow-up along with a private day, ${how}`, async t => {
    const story = `beside-${device}`
    const one = await openPerson(t, browser, { origin: house.origin, device, story, javaScriptEnabled: javaScript })
    const { page, press, note, type, tick } = one
    await one.open('/sessions/intensive-1-day')
    await page.getByText('Two conversations before, one for each of you ($500)').waitFor()
    await note('session')
    await one.open(`/sessions/intensive-1-day/times?month=2027-03&day=${date}&zone=America/New_York`)
    await page.locator(`#d${date}[aria-current=date]`).waitFor()
    await note('times')
    await press(page.locator('button[name=slot]').first())
    await page.getByRole('heading', { name: 'Before and after' }).waitFor()
    await page.getByText('All of it: $2,500.').waitFor()
    await note('beside')
    const own = page.getByRole('group', { name: 'Just you, 50 minutes' })
    await own.getByText('Other times for this step').click()
    await own.locator('details input').last().check()
    const wanted = await own.locator('input:checked').inputValue()
    await page.getByLabel('Take it along, $500 more').check()
    await page.getByLabel('Take it along, $400 more').check()
    if (!javaScript) await press(page.getByRole('button', { name: 'Show the sum' }))
    await page.getByText('All of it: $3,400.').waitFor()
    t.equal(await own.locator('input:checked').inputValue(), wanted, 'what is chosen stays')
    await note('taken-along')
    await press(page.getByRole('button', { name: 'Continue' }))
    await page.getByRole('heading', { name: 'Your details' }).waitFor()
    await page.getByText('a conversation just for the other of you').first().waitFor()
    await note('details')
    await type('Your name', 'Jo Delgado')
    await type('E-mail', `${story}@example.com`)
    await tick('Yes, only by me')
    await tick('I have read this and agree to it')
    await press(page.locator('form button[type=submit]').last())
    await page.waitForURL(/\/b\/[0-9a-f-]{36}$/)
    await page.getByText('moves with the first of them').first().waitFor()
    await note('asked')
    const after = one.noted().filter(({ step }) => ['beside', 'details', 'asked'].includes(step))
    t.equal(after.length, 3)
    t.same(
      after.filter(({ title, path }) => telling.test(title) || /intensive|private/.test(path)),
      [],
      'no title and no address tells what it is'
    )
    await untroubled(t, one)
  })
}
