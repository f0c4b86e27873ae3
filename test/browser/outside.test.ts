import t from 'tap'
import { openBrowser, openPerson, type Person, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { calendar, outsideServer } from '../support/outside-server.ts'

/** Thursday 11 February, 8:00 to 20:00 in New York. */
const thursday = ['DTSTART:20270211T130000Z', 'DTEND:20270212T010000Z']

for (const { device, javaScript } of [
  { device: 'desktop', javaScript: true },
  { device: 'phone', javaScript: false }
] as const) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`

  t.test(`a therapist lets her other calendar close times, ${how}`, async t => {
    const house = await startHouse(t)
    const server = await outsideServer(t, calendar(thursday, ['DTSTART:NOTADATE']))
    const browser = await openBrowser()
    const story = `outside-${device}-${javaScript ? 'script' : 'plain'}`
    const options = { origin: house.origin, device, javaScriptEnabled: javaScript } as const
    const client = await openPerson(t, browser, { ...options, story: `${story}-client` })
    const therapist = await openPerson(t, browser, { ...options, story })
    const { page, press, type, note } = therapist
    await therapist.open('/console')
    await type('E-mail', house.staff.email)
    await type('Password', house.staff.password)
    await press(page.getByRole('button', { name: 'Sign in' }))
    t.ok(await isFree(client, '2027-02-11'), 'a day that is free before')

    await press(page.getByRole('link', { name: 'Calendars', exact: true }))
    await press(page.getByRole('link', { name: 'Busy elsewhere' }))
    await page.getByText('None yet.').waitFor()
    await page.getByText('Where do I find the address?').click()
    await note('none')
    await page.getByText('Where do I find the address?').click()
    await type('Address of the calendar', 'calendar.example.com/x.ics')
    await press(page.getByRole('button', { name: 'Add', exact: true }))
    await page.getByRole('alert').waitFor()
    await note('not-right')
    t.equal(
      await page.getByLabel('Address of the calendar').inputValue(),
      'calendar.example.com/x.ics',
      'what was typed stays'
    )
    await type('Address of the calendar', `${server.origin}/secret-address.ics`)
    await press(page.getByRole('button', { name: 'Add', exact: true }))
    await page.getByText('Up to date').waitFor()
    await page.getByText('One event could not be read').waitFor()
    await note('up-to-date')
    t.notMatch(await page.content(), /secret-address|A secret title/)
    t.notOk(await isFree(client, '2027-02-11'), 'no client sees a time in it')
    t.ok(await isFree(client, '2027-02-10'), 'the day before stays free')

    server.answer((_request, response) => response.writeHead(404).end())
    await press(page.getByRole('button', { name: /^Read now/ }))
    await page.getByText('There is no calendar at its address any more').waitFor()
    await note('gone')
    t.notOk(await isFree(client, '2027-02-11'), 'what was known still holds')

    await press(page.getByRole('button', { name: /^Remove/ }))
    await page.getByText('None yet.').waitFor()
    t.ok(await isFree(client, '2027-02-11'))
    untroubled(t, therapist, client)
  })
}

async function isFree(client: Person, date: string): Promise<boolean> {
  await client.open(`/sessions/individual/times?month=${date.slice(0, 7)}`)
  return (await client.page.locator(`#d${date}`).count()) > 0
}
