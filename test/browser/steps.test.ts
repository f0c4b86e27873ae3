import t from 'tap'
import { openBrowser, openPerson, untroubled } from '../support/browser.ts'
import { everyPageOfSteps } from '../support/every-step-page.ts'
import { startHouse } from '../support/house.ts'

const browser = await openBrowser()

for (const [device, javaScriptEnabled] of [
  ['phone', true],
  ['desktop', false]
] as const)
  t.test(`a step is called off and chosen anew, by clients and by staff, on a ${device}`, async t => {
    const house = await startHouse(t)
    const story = `steps-${device}`
    const person = await openPerson(t, browser, { origin: house.origin, device, story, javaScriptEnabled })
    await everyPageOfSteps(person, house, name => person.note(name.replace(/\W+/g, '-')))
    const told = await house.mail('steps@example.com', /will not take place/)
    t.notMatch(told.subject + told.text.slice(0, 140), /programme|assessment|couple|session/i)
    t.ok(person.noted().length >= 9)
    untroubled(t, person)
  })
