import t, { type Test } from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { changeRules, workLikeJessica } from '../support/care.ts'
import { open, someone } from '../support/open.ts'
import { colleague } from '../support/staff.ts'
import { typed, valuesOf, visitor } from './visitor.ts'

const consent = { termsVersion: 1 }
const address = '/sessions/individual/times?month=2027-02&day=2027-02-10&zone=America/New_York'

/** Two therapists, and a visitor who is signed in and has been with one of them. */
async function known(t: Test) {
  const house = await open(t)
  await colleague(house, 'alex', ['therapist'])
  await workLikeJessica(house.client, 'alex')
  const token = await house.signInPerson()
  const browser = visitor(house.app)
  browser.cookies.set(cookieNames(house.deps.settings).person, token)
  const book = (start: string, therapist: string) =>
    house.request(
      'POST',
      '/api/bookings',
      { sessionType: 'individual', start, therapist, person: someone, consent },
      token
    )
  return { ...house, ...browser, book }
}

const therapistsOn = (page: Parameters<typeof valuesOf>[0]) =>
  [...new Set(valuesOf(page, 'slot').map(slot => slot.split(' ')[1]))].sort()

t.test('who knows a therapist is shown their times, and everybody’s one click away', async t => {
  const { app, get, book } = await known(t)
  t.same(therapistsOn(await get(address)).length, 1, 'of two who are free the first by name')
  t.notMatch((await get(address)).body, 'whom you know already')
  t.equal((await book('2027-02-09T15:00:00Z', 'jessica')).statusCode, 201)
  const own = await get(address)
  t.same(therapistsOn(own), ['jessica'])
  const [, link = ''] = /These are the times of whom you know already\.\s*<a href="([^"]+)"/.exec(own.body) ?? []
  const everybody = await get(link.replaceAll('&amp;', '&'))
  t.match(everybody.body, /These are everybody’s times/)
  t.ok(therapistsOn(everybody).includes('alex'))
  t.match(everybody.body, /href="[^"]*day=2027-02-1\d[^"]*with=anyone/, 'the other days stay everybody’s')
  t.notMatch((await visitor(app).get(address)).body, 'whom you know already')
})

t.test('a time that a rule of care refuses says which, and what would be right', async t => {
  const { get, post, book, client } = await known(t)
  await changeRules(client, 'individual', { perClientWeek: 1 })
  t.equal((await book('2027-02-09T15:00:00Z', 'jessica')).statusCode, 201)
  const slot = valuesOf(await get(address), 'slot')[0] ?? ''
  const sent = await post('/b', { type: 'individual', slot, zone: 'America/New_York' })
  const refused = await post(String(sent.headers.location), typed)
  t.equal(refused.statusCode, 422, refused.body)
  t.match(refused.body, /That is one more in the same week[\s\S]*At most 1 of these a week/)
  t.match(refused.body, /formaction="\/b\/new\//, 'with other times')
})
