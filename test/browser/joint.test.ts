import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { startHouse } from '../support/house.ts'
import { cards, chooseTime, findTimesForTwo, payBy, seeConfirmed, telling } from '../support/journey.ts'
import { open } from '../support/open.ts'

const house = await startHouse(t)
const browser = await openBrowser()

for (const { device, javaScript, date, say } of [
  { device: 'phone', javaScript: true, date: '2027-02-09', say: 'Accept' },
  { device: 'desktop', javaScript: false, date: '2027-02-10', say: 'Accept' },
  { device: 'phone', javaScript: false, date: '2027-02-11', say: 'I would rather not' }
] as const)
  t.test(
    `one suggests a time, the other says “${say}” in a browser of their own, on a ${device}, ${javaScript ? 'with' : 'without'} JavaScript`,
    async t => {
      const story = `joint-${device}-${javaScript ? 'script' : 'plain'}-${say === 'Accept' ? 'yes' : 'no'}`
      const manner = { origin: house.origin, device, javaScriptEnabled: javaScript }
      const first = await openPerson(t, browser, { ...manner, story: `${story}-first` })
      const other = await openPerson(t, browser, { ...manner, story: `${story}-other` })
      const named = device === 'phone' ? 'Sam Reyes' : 'Alex Reyes'
      const [email, second] = [`${story}-first@example.com`, `${story}-other@example.com`]

      await findTimesForTwo(first)
      const hour = await chooseTime(first, date)
      await first.type('Your name', 'Jo Delgado')
      await first.type('E-mail', email)
      await first.tick('Yes, only by me')
      t.ok(await first.page.getByLabel('We choose together').isChecked(), 'joint unless they say otherwise')
      await first.tick('I have read this and agree to it')
      await first.note('details')
      await first.press(first.page.getByRole('button', { name: 'Suggest this time' }))
      await first.page.getByRole('heading', { name: 'We are keeping this time for you' }).waitFor()
      await first.note('suggested')
      t.match(await first.page.locator('#booking').textContent(), 'Until then nothing is charged.')
      const link =
        /http:\/\/localhost:\d+\/a\/[\w-]{43}/.exec((await first.page.locator('code').textContent()) ?? '')?.[0] ?? ''
      t.ok(link, 'the page for the other')
      t.match(await first.page.getByLabel('Words to go with it').inputValue(), link)

      await other.open(link)
      await other.page.getByRole('heading', { name: 'A time was suggested' }).waitFor()
      await other.note('asked')
      t.match(await other.page.locator('.when').textContent(), hour)
      const main = (await other.page.locator('main').textContent()) ?? ''
      t.notMatch(
        main,
        /\$|pay|charge|Delgado|couple|session|hours left|by Thu|until/i,
        'no word of payment, and no countdown'
      )
      const boxes = await Promise.all(
        ['Accept', 'Another time would suit me', 'I would rather not'].map(name =>
          other.page.getByRole('button', { name }).evaluate(button => {
            const { width, height } = button.getBoundingClientRect()
            const { color, backgroundColor, fontWeight, fontSize, borderColor } = getComputedStyle(button)
            return {
              width: Math.round(width),
              height: Math.round(height),
              color,
              backgroundColor,
              fontWeight,
              fontSize,
              borderColor
            }
          })
        )
      )
      t.equal(new Set(boxes.map(box => JSON.stringify(box))).size, 1, 'three answers of one size and weight')
      await other.press(other.page.getByRole('button', { name: say }))
      if (say !== 'Accept') {
        await other.page.getByRole('heading', { name: 'Thank you' }).waitFor()
        await other.note('noted')
        await first.page.reload()
        await first.page.getByText('This time was not confirmed and is free again.').waitFor()
        await first.note('over')
        t.notMatch(await first.page.locator('main').textContent(), /declin|rather not|other of you|partner/i)
        const mail = await house.mail(email, /was not confirmed and is free again/)
        t.match(mail.text, 'Nothing was charged')
        t.same(await house.mails(second), [], 'the other is written to by nobody')
        return untroubled(t, first, other)
      }
      await other.page.getByRole('heading', { name: 'You say yes to this time' }).waitFor()
      await other.type('Your name', named)
      await other.type('E-mail', second)
      await other.tick('Yes, only by me')
      await other.note('address')
      await other.press(other.page.getByRole('button', { name: 'Send me the code' }))
      const [, code = ''] = /Your code: (\d{8})/.exec((await house.mail(second, /Your code/)).text) ?? []
      await other.type('The eight digits from the mail', code)
      await other.note('code')
      await other.press(other.page.getByRole('button', { name: 'Yes, this time suits me' }))
      await other.page.getByRole('heading', { name: 'We are keeping this time for you' }).waitFor()
      await other.note('said-yes')
      t.notMatch(await other.page.locator('main').textContent(), /\$|pay|charge/i)

      await first.page.reload()
      await first.page.getByRole('heading', { name: 'One step is left: the payment' }).waitFor()
      await first.note('to-pay')
      await first.press(first.page.getByRole('button', { name: 'Continue to payment' }))
      await payBy(first, cards.pays)
      await seeConfirmed(first)
      await first.note('confirmed')
      const confirmed = await house.mail(second, /is confirmed/)
      t.match(confirmed.ics, /METHOD:REQUEST[\s\S]*SUMMARY:Appointment/)
      await other.page.reload()
      await other.page.getByRole('heading', { name: 'Your appointment is confirmed' }).waitFor()
      await other.note('confirmed')
      t.notMatch(await other.page.locator('main').textContent(), /\$|Delgado/)

      const staff = await openPerson(t, browser, { ...manner, story: `${story}-staff` })
      await staff.open('/console/sign-in')
      await staff.type('E-mail', house.staff.email)
      await staff.type('Password', house.staff.password)
      await staff.press(staff.page.getByRole('button', { name: 'Sign in' }))
      await staff.open(`/console?week=${date}`)
      await staff.note('agenda')
      await staff.press(staff.page.getByRole('link', { name: `Jo Delgado, ${named}` }))
      await staff.page.getByRole('heading', { name: 'The two of them' }).waitFor()
      await staff.page.getByText('by link, not verified').waitFor()
      await staff.note('booking')
      for (const { title, path } of [...other.noted(), ...first.noted().slice(6)]) {
        t.notMatch(title, telling)
        t.notMatch(path, telling)
      }
      untroubled(t, first, other, staff)
    }
  )

for (const device of ['phone', 'desktop'] as const)
  t.test(`the other does not answer: it lapses, nothing was charged, on a ${device}`, async t => {
    const own = await open(t)
    await own.app.listen({ port: 0, host: '127.0.0.1' })
    const address = own.app.server.address()
    const origin = `http://localhost:${typeof address === 'object' ? address?.port : ''}`
    const first = await openPerson(t, browser, { origin, device, story: `lapse-${device}-first` })
    const other = await openPerson(t, browser, { origin, device, story: `lapse-${device}-other` })
    await findTimesForTwo(first)
    await chooseTime(first, '2027-02-09')
    await first.type('Your name', 'Jo Delgado')
    await first.type('E-mail', 'jo@example.com')
    await first.tick('Yes, only by me')
    await first.tick('I have read this and agree to it')
    await first.press(first.page.getByRole('button', { name: 'Suggest this time' }))
    await first.page.getByRole('heading', { name: 'We are keeping this time for you' }).waitFor()
    await own.work()
    const link = ((await first.page.locator('code').textContent()) ?? '').replace('http://localhost:3000', '')
    await other.open(link)
    await other.page.getByRole('heading', { name: 'A time was suggested' }).waitFor()
    own.clock.move({ hours: 72 })
    await own.minute()
    // The browser that booked knows its booking for a day; after that the mailed link shows the time.
    const [lapsed] = own.mails.filter(({ text }) => /was not confirmed/.test(text)).map(({ text }) => text)
    t.match(lapsed, 'Nothing was charged')
    await first.open(/\/b\/[\w-]{43}/.exec(lapsed ?? '')?.[0] ?? '')
    await first.page.getByText('This time was not confirmed and is free again. Nothing was charged.').waitFor()
    await first.note('lapsed')
    await other.page.reload()
    await other.page.getByRole('heading', { name: 'There is nothing to answer here' }).waitFor()
    await other.note('over')
    t.equal(own.gateway.checkouts.size, 0, 'no payment was ever opened')
    untroubled(t, first, other)
  })
