import t from 'tap'
import { openBrowser, openPerson } from '../support/browser.ts'
import { everyPageOfDates } from '../support/every-dates-page.ts'
import { startHouse } from '../support/house.ts'

for (const [device, javaScriptEnabled] of [
  ['phone', false],
  ['desktop', true]
] as const)
  t.test(
    `dates are chosen, waited for and offered ${javaScriptEnabled ? 'with' : 'without'} JavaScript, on a ${device}`,
    async t => {
      const house = await startHouse(t)
      const browser = await openBrowser()
      const person = await openPerson(t, browser, {
        origin: house.origin,
        device,
        javaScriptEnabled,
        story: `dates-${device}`
      })
      let looks = 0
      await everyPageOfDates(person, house, async name => {
        await person.note(name)
        looks += 1
      })
      t.equal(looks, 13)
      for (const { title } of person.noted().filter(({ path }) => path.startsWith('/w') || path.startsWith('/b')))
        t.equal(title, 'Appointment')
    }
  )
