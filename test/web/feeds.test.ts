import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { entriesOf } from '../support/feeds.ts'
import { aStart, open } from '../support/open.ts'
import { titleOf, typed, visitor } from './visitor.ts'

/** A browser that has booked and paid. @returns also the booking's page */
async function booked(t: Test) {
  const house = await open(t)
  const browser = visitor(house.app)
  const slot = `${aStart} jessica office`
  const choice = await browser.post('/b', { type: 'couples', slot, zone: 'America/New_York' })
  const paying = await browser.post(String(choice.headers.location), typed)
  const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
  house.gateway.pay(checkout)
  const back = await browser.get(`/x/${checkout.replace('cs_', '')}`)
  return { ...house, browser, own: String(back.headers.location) }
}

async function signedIn(t: Test) {
  const house = await booked(t)
  const staff = visitor(house.app)
  await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  return { ...house, staff }
}

const addressIn = ({ body }: LightMyRequestResponse) => /<code[^>]*>(http[^<]+\.ics)<\/code>/.exec(body)?.[1] ?? 'none'
const actionsIn = ({ body }: LightMyRequestResponse, what: string) =>
  [...body.matchAll(new RegExp(`action="([^"]+/${what})"`, 'g'))].map(([, action = '']) => action)

t.test('the booker makes, renews and ends a calendar address without JavaScript, and sees it once', async t => {
  const { app, browser, own } = await booked(t)
  t.match((await browser.get(own)).body, `href="${own}/feed"`)
  const empty = await browser.get(`${own}/feed`)
  t.equal(titleOf(empty), 'Appointment')
  const made = await browser.post(`${own}/feed`)
  t.match(made, { statusCode: 200, headers: { 'cache-control': 'no-store' } })
  const first = addressIn(made)
  t.match(made.body, `href="${first.replace('http:', 'webcal:')}"`)
  t.match(made.body, /<button[^>]* hidden[^>]* data-copy=/, 'without JavaScript nothing promises to copy')
  for (const name of ['Google', 'Outlook', 'Apple']) t.match(made.body, name)
  const fetched = async (url: string) => app.inject({ url: new URL(url).pathname, headers: { host: 'localhost:3000' } })
  t.match(entriesOf((await fetched(first)).body), [{ summary: 'Appointment' }])
  const again = await browser.get(`${own}/feed`)
  t.equal(addressIn(again), 'none')
  const [rotation = ''] = actionsIn(again, 'rotation')
  const second = addressIn(await browser.post(rotation))
  t.equal((await fetched(first)).statusCode, 404)
  t.equal((await fetched(second)).statusCode, 200)
  const [removal = ''] = actionsIn(again, 'removal')
  t.match(await browser.post(removal), { statusCode: 303, headers: { location: `${own}/feed` } })
  t.equal((await fetched(second)).statusCode, 404)
  t.same(actionsIn(await browser.get(`${own}/feed`), 'removal'), [])
})

t.test('the mailed link, another browser and staff neither see nor make the booker’s calendar', async t => {
  const { app, own, work, mails, staff } = await signedIn(t)
  await work()
  const [, link = ''] =
    /http:\/\/localhost:3000(\/b\/[\w-]{43})/.exec(mails.find(({ to }) => to === typed.email)?.text ?? '') ?? []
  const byMail = visitor(app)
  await byMail.get(link)
  t.notMatch((await byMail.get(own)).body, `${own}/feed`)
  for (const [browser, code] of [
    [byMail, 403],
    [visitor(app), 401],
    [staff, 403]
  ] as const) {
    t.equal((await browser.get(`${own}/feed`)).statusCode, code)
    t.equal((await browser.post(`${own}/feed`)).statusCode, code)
  }
})

t.test('a therapist chooses what entries say, and has a new address or none', async t => {
  const { app, staff } = await signedIn(t)
  const summary = async (url: string) => {
    const answer = await app.inject({ url: new URL(url).pathname, headers: { host: 'localhost:3000' } })
    return answer.statusCode === 200 ? entriesOf(answer.body)[0]?.summary : answer.statusCode
  }
  const made = await staff.post('/console/feeds', { therapist: 'jessica', shows: 'names' })
  const names = addressIn(made)
  t.equal(await summary(names), 'Appointment Jo Delgado')
  for (const [shows, wanted] of [
    ['initials', 'Appointment J. D.'],
    ['busy', 'Busy'],
    ['code', /^Appointment [0-9A-F]{6}$/],
    ['something else', /^Appointment [0-9A-F]{6}$/]
  ] as const)
    t.match(
      await summary(addressIn(await staff.post('/console/feeds', { therapist: 'jessica', shows }))),
      wanted,
      shows
    )
  const list = await staff.get('/console/feeds')
  t.equal(addressIn(list), 'none')
  t.equal(actionsIn(list, 'removal').length, 5)
  const renewed = await staff.post(actionsIn(list, 'rotation')[0] ?? '', { therapist: 'jessica' })
  t.equal(await summary(names), 404)
  t.equal(await summary(addressIn(renewed)), 'Appointment Jo Delgado')
  await staff.post(actionsIn(list, 'removal')[0] ?? '', { therapist: 'jessica' })
  t.equal(await summary(addressIn(renewed)), 404)
  for (let more = 0; more < 6; more++) await staff.post('/console/feeds', { therapist: 'jessica', shows: 'code' })
  const full = await staff.post('/console/feeds', { therapist: 'jessica', shows: 'code' })
  t.equal(full.statusCode, 409)
  t.match(full.body, 'There are enough calendar addresses. End an address that is not used any more first.')
})
