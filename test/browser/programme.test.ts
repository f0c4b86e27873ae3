import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { telling } from '../support/journey.ts'

const house = await startHouse(t)
const browser = await openBrowser()

const stories = [
  { device: 'phone', javaScript: true, date: '2027-02-09' },
  { device: 'desktop', javaScript: false, date: '2027-02-16' }
] as const

for (const { device, javaScript, date } of stories) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`
  t.test(`a couple finds a programme, changes one of its steps and asks for it, ${how}`, async t => {
    const story = `programme-${device}`
    const one = await openPerson(t, browser, { origin: house.origin, device, story, javaScriptEnabled: javaScript })
    const { page, press, note, type, tick } = one
    await one.open('/')
    await note('home')
    await one.open('/sessions/assessment')
    await note('session')
    await press(page.getByRole('link', { name: 'See all times' }))
    await press(page.locator(`#d${date}`))
    await page.locator(`#d${date}[aria-current=date]`).waitFor()
    await note('times')
    await press(page.locator('button[name=slot]').first())
    await page.getByRole('heading', { name: 'A schedule that could fit' }).waitFor()
    await note('schedule')
    const own = page.getByRole('group', { name: '2. Just you, 50 minutes' })
    const proposed = await own.locator('input:checked').inputValue()
    await own.getByText('Other times for this step').click()
    await note('others')
    await own.locator('details input').last().check()
    const wanted = await own.locator('input:checked').inputValue()
    await press(page.getByRole('button', { name: 'Find the rest anew' }))
    await page.getByText('(chosen by you)').waitFor()
    t.equal(await own.locator('input:checked').inputValue(), wanted, 'what is chosen stays')
    t.not(wanted, proposed)
    await page.getByText('Days and hours that suit you best').click()
    await note('changed')
    await press(page.getByRole('button', { name: 'Continue' }))
    await page.getByRole('heading', { name: 'Your details' }).waitFor()
    await note('details')
    await type('Your name', 'Jo Delgado')
    await type('E-mail', `${story}@example.com`)
    await tick('Yes, only by me')
    await page
      .getByLabel(/My partner/)
      .or(page.getByLabel(/other/i))
      .first()
      .check()
    await tick('I have read this and agree to it')
    await note('details-given')
    await press(page.locator('form button[type=submit]').last())
    await page.waitForURL(/\/b\/[0-9a-f-]{36}$/)
    await note('asked')
    const after = one.noted().filter(({ step }) => ['schedule', 'changed', 'details', 'asked'].includes(step))
    t.equal(after.length, 4)
    t.same(
      after.filter(({ title, path }) => telling.test(title) || /programme|assessment/.test(path)),
      [],
      'no title and no address tells what it is'
    )
    await untroubled(t, one)
  })
}
