import t from 'tap'
import { openBrowser, openPerson, type Person, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, giveDetails, hours, payBy, seeConfirmed } from '../support/journey.ts'

for (const { device, javaScript } of [
  { device: 'desktop', javaScript: true },
  { device: 'phone', javaScript: false }
] as const) {
  const how = `on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`

  t.test(`the therapist sees what was booked, and her hours change what clients see, ${how}`, async t => {
    const house = await startHouse(t)
    const browser = await openBrowser()
    const story = `console-${device}-${javaScript ? 'script' : 'plain'}`
    const options = { origin: house.origin, device, javaScriptEnabled: javaScript } as const
    const client = await openPerson(t, browser, { ...options, story: `${story}-client` })
    const therapist = await openPerson(t, browser, { ...options, story })
    const { page, press, type, note } = therapist

    await findTimesForTwo(client)
    const hour = await chooseTime(client, '2027-02-09')
    await giveDetails(client, { name: 'Jo Delgado', email: 'jo@example.com' })
    await client.press(client.page.getByRole('button', { name: 'Pay $400' }))
    await payBy(client, cards.pays)
    await seeConfirmed(client)

    await therapist.open('/console')
    await note('sign-in')
    await type('E-mail', house.staff.email)
    await type('Password', 'not the password')
    await press(page.getByRole('button', { name: 'Sign in' }))
    await page.getByRole('alert').waitFor()
    await note('wrong-password')
    await type('Password', house.staff.password)
    await press(page.getByRole('button', { name: 'Sign in' }))
    await press(page.getByRole('link', { name: 'The week after' }))
    const entry = page.locator('.entry').filter({ hasText: 'Jo Delgado' })
    await entry.waitFor()
    await note('agenda')
    const rows = page.getByRole('navigation', { name: 'Console' }).getByRole('listitem')
    const tops = await rows.evaluateAll(items => items.map(item => item.getBoundingClientRect().top))
    if (device === 'desktop') t.equal(new Set(tops).size, 1, 'the menu is one line')
    t.match(await entry.textContent(), hour, 'the agenda names who comes and when')
    t.match(await entry.textContent(), 'A session for two')

    t.ok(await isFree(client, '2027-02-12'), 'next Friday is free before')
    const before = therapist.interactions()
    await press(page.getByRole('link', { name: 'Time off' }))
    await type('From', '2027-02-12T00:00')
    await type('To', '2027-02-13T00:00')
    await press(page.getByRole('button', { name: 'Add', exact: true }))
    await page.getByText('Fri 12 Feb, 00:00').waitFor()
    await note('time-off')
    t.comment(`closing next Friday, ${how}: ${therapist.interactions() - before} interactions (bar: 5)`)
    t.ok(therapist.interactions() - before <= 5, 'at most 5 interactions to close next Friday')
    t.notOk(await isFree(client, '2027-02-12'), 'a client no longer sees a time on it')
    t.ok(await isFree(client, '2027-02-11'), 'the day before stays free')

    t.match(await hoursOf(client, '2027-02-16'), ['09:00'])
    await press(page.getByRole('link', { name: 'Opening hours' }))
    await page.getByRole('heading', { name: 'Opening hours' }).waitFor()
    await note('opening-hours')
    const morning = page.getByRole('group', { name: 'Row 1' })
    await morning.getByLabel('From').fill('10:30')
    await press(page.getByRole('button', { name: 'Save opening hours' }))
    await page.getByText('Saved. The times that clients see have changed.').waitFor()
    await note('opening-hours-saved')
    t.equal((await hoursOf(client, '2027-02-16'))[0], '10:30', 'a client sees the later start')

    await press(page.getByRole('link', { name: 'Time off' }))
    await press(page.getByRole('button', { name: 'Remove Fri 12 Feb' }))
    await page.getByText('Nothing yet.').waitFor()
    t.ok(await isFree(client, '2027-02-12'), 'time off that is removed can be booked again')

    await press(page.getByRole('button', { name: 'Sign out' }))
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    await therapist.open('/console')
    t.ok(await page.getByRole('heading', { name: 'Sign in' }).isVisible(), 'signed out, the agenda is closed')
    untroubled(t, client, therapist)
  })
}

/** Whether a client can choose this day for a session of one's own. */
async function isFree(client: Person, date: string): Promise<boolean> {
  await client.open(`/sessions/individual/times?month=${date.slice(0, 7)}`)
  return (await client.page.locator(`#d${date}`).count()) > 0
}

async function hoursOf(client: Person, date: string): Promise<string[]> {
  await client.open(`/sessions/individual/times?day=${date}`)
  return (await hours(client.page).allTextContents()).map(text => text.trim())
}
