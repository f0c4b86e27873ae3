import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'

for (const { device, javaScript } of [
  { device: 'desktop', javaScript: true },
  { device: 'phone', javaScript: false }
] as const) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`

  t.test(`the therapist books a caller, proposes times, and answers an absence in one go, ${how}`, async t => {
    const house = await startHouse(t)
    const browser = await openBrowser()
    const options = { origin: house.origin, device, javaScriptEnabled: javaScript } as const
    const therapist = await openPerson(t, browser, { ...options, story: `caller-${device}` })
    const { page, press, type, note } = therapist
    await therapist.open('/console')
    await type('E-mail', house.staff.email)
    await type('Password', house.staff.password)
    await press(page.getByRole('button', { name: 'Sign in' }))
    await page.getByRole('link', { name: 'New booking' }).waitFor()

    const before = therapist.interactions()
    await press(page.getByRole('link', { name: 'New booking' }))
    await press(page.getByRole('link', { name: 'A session for two', exact: true }))
    await page.getByRole('heading', { name: 'New booking' }).waitFor()
    await press(page.locator('input[name=slot]').first())
    await type('Name of somebody new', 'Robin Caller')
    await type('Their e-mail', 'robin@example.com')
    await note('new-booking')
    await press(page.getByRole('button', { name: 'Book it' }))
    await page.getByRole('heading', { name: 'Robin Caller' }).waitFor()
    const used = therapist.interactions() - before
    t.comment(`booking a caller, ${how}: ${used} interactions (bar: 8)`)
    t.ok(used <= 8, 'at most 8 interactions to book a caller')
    const { text } = await house.mail('robin@example.com', /can be confirmed now/)
    t.match(text, /\/b\/[\w-]{43}/)

    await therapist.open('/console/proposals/new?type=couples')
    await page.locator('input[name=slot]').first().check()
    await page.locator('input[name=slot]').nth(4).check()
    await type('Name of somebody new', 'Sam Asked')
    await type('Their e-mail', 'sam@example.com')
    await type('Price in USD', '320')
    await note('new-proposal')
    await press(page.getByRole('button', { name: 'Propose it' }))
    await page.getByRole('heading', { name: 'Proposals', exact: true }).waitFor()
    await note('proposals')
    const link = /http:\/\/localhost:\d+\/o\/[\w-]{43}/.exec((await house.mail('sam@example.com', /look at/)).text)?.[0]
    const guest = await openPerson(t, browser, { ...options, story: `proposed-${device}` })
    await guest.open(link ?? 'no link')
    await guest.note('proposal')
    await guest.press(guest.page.locator('input[name=start]').first())
    await guest.tick('I have read this and agree to it')
    await guest.press(guest.page.getByRole('button', { name: 'Accept' }))
    await guest.page.getByRole('heading', { name: 'Pay by card' }).waitFor()
    t.match(await guest.page.locator('body').textContent(), '$320')
    await guest.open(link ?? 'no link')
    await guest.page.getByRole('heading', { name: 'There is nothing to answer here' }).waitFor()
    await guest.note('proposal-over')

    await therapist.open('/console/time-off')
    await type('From', '2027-02-01T00:00')
    await type('To', '2027-02-20T00:00')
    await press(page.getByRole('button', { name: 'Add', exact: true }))
    await page.getByText('Already booked in this time').waitFor()
    await note('collisions')
    await press(page.getByLabel(/^Cancel it/).first())
    await press(page.getByRole('button', { name: 'Add the time off, and do this' }))
    if (javaScript) await page.getByText('1 of 1 done.').waitFor()
    else
      while ((await page.getByText('1 of 1 done.').count()) === 0)
        await page.getByRole('link', { name: 'Look again' }).click()
    await note('what-became')
    await therapist.open('/console/travels')
    await type('First day there', '2027-03-01')
    await type('Last day there', '2027-03-03')
    await page.getByLabel('Where', { exact: true }).selectOption('Asia/Tokyo')
    await note('travel')
    await press(page.getByRole('button', { name: 'Add', exact: true }))
    await page.getByText('hours by Tokyo time · by video only').waitFor()
    await note('travels')
    untroubled(t, therapist, guest)
  })
}
