import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'

for (const { device, javaScript } of [
  { device: 'desktop', javaScript: true },
  { device: 'phone', javaScript: false }
] as const) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`

  t.test(`a therapist proposes a weekend with its own hours, and who is asked takes it, ${how}`, async t => {
    const house = await startHouse(t)
    const browser = await openBrowser()
    const options = { origin: house.origin, device, javaScriptEnabled: javaScript } as const
    const therapist = await openPerson(t, browser, { ...options, story: `proposal-days-${device}` })
    const { page, press, type, note } = therapist
    await therapist.open('/console')
    await type('E-mail', house.staff.email)
    await type('Password', house.staff.password)
    await press(page.getByRole('button', { name: 'Sign in' }))
    await page.getByRole('link', { name: 'New booking' }).waitFor()

    await therapist.open('/console/proposals/new?type=couples')
    await note('new-proposal')
    await type('Name of somebody new', 'Sam Asked')
    await type('Their e-mail', 'sam@example.com')
    await press(page.getByText('Several days, each part with its own hours'))
    const part = async (row: number, from: string, to: string) => {
      const fields = page.getByRole('group', { name: `Part ${row}` })
      await fields.getByLabel('From').fill(from)
      await fields.getByLabel('To').fill(to)
    }
    await part(1, '14:00', '18:00')
    await part(2, '09:00', '17:00')
    await part(3, '13:00', '09:00')
    const looks = page
      .getByRole('group', { name: 'Part 1' })
      .locator('..')
      .getByRole('button', { name: /^Show when/ })
    await press(looks)
    await page.getByRole('alert').waitFor()
    await note('not-right-yet')
    t.equal(await page.getByLabel('Name of somebody new').inputValue(), 'Sam Asked')
    await press(page.getByRole('alert').getByRole('link', { name: /^End it later/ }))
    t.equal(await page.evaluate('document.activeElement.id'), 'block-2-to', 'the fault leads to its field')

    await part(3, '09:00', '13:00')
    await press(page.getByText('Another time, or an exception'))
    await press(page.getByLabel('It may be outside opening hours'))
    await type('Why', 'They come from far')
    await press(looks)
    await page.getByRole('group', { name: 'Fri 5 Feb' }).waitFor()
    await note('first-days')
    await press(page.getByRole('group', { name: 'Fri 5 Feb' }).getByLabel('14:00'))
    await type('Price in USD', '1800')
    await type('Open until', '2027-02-03T12:00')
    await press(page.getByRole('button', { name: 'Propose it' }))
    await page.getByRole('heading', { name: 'Proposals', exact: true }).waitFor()
    await note('proposals')

    const link = /http:\/\/localhost:\d+\/o\/[\w-]{43}/.exec((await house.mail('sam@example.com', /look at/)).text)?.[0]
    const guest = await openPerson(t, browser, { ...options, story: `proposed-days-${device}` })
    await guest.open(link ?? 'no link')
    for (const hours of ['Fri 5 Feb, 14:00–18:00', 'Sat 6 Feb, 09:00–17:00', 'Sun 7 Feb, 09:00–13:00'])
      await guest.page.getByText(hours.replace('–', '–\u2060')).waitFor()
    await guest.note('proposal')
    await guest.tick('I have read this and agree to it')
    await guest.press(guest.page.getByRole('button', { name: 'Accept' }))
    await guest.page.getByRole('heading', { name: 'Pay by card' }).waitFor()
    await guest.note('pay')
    untroubled(t, therapist, guest)
  })
}
