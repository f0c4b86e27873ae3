import t, { type Test } from 'tap'
import { cookieNames } from '../../src/identity/cookies.ts'
import { beginTogether, one } from '../support/couple.ts'
import { openRetreat } from '../support/retreat.ts'
import { visitor } from './visitor.ts'

/** Dates of which the one place is taken, and how somebody signed in reads their own list. */
async function openFull(t: Test) {
  const house = await openRetreat(t, { max: 1, limits: { codesAnHour: 100, codesADay: 100, answers: 1000 } })
  const first = await house.confirmedSeat('a')
  const homeOf = async (token: string) => {
    const browser = visitor(house.app)
    browser.cookies.set(cookieNames(house.deps.settings).person, token)
    const { body } = await browser.get('/me')
    const section = /<section aria-labelledby="waited-for">[\s\S]*?<\/section>/.exec(body)?.[0] ?? ''
    const words = section.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
    return { browser, words, page: /href="(\/w\/[\w-]{43})"/.exec(section)?.[1] }
  }
  const asks = async (token: string) => {
    await house.request('POST', '/api/waitlist-entries', { edition: house.edition }, token)
    await house.work()
  }
  return { ...house, first, homeOf, asks }
}

t.test('dates that somebody waits for stand in their own list, with the page on which they answer', async t => {
  const { signInPerson, asks, homeOf, cancel, first, work } = await openFull(t)
  const jo = await signInPerson(one.email)
  t.equal((await homeOf(jo)).words, '', 'nothing is said of what nobody waits for')
  await asks(jo)
  const { words, page, browser } = await homeOf(jo)
  t.match(words, /You wait for these dates Thu 10 Jun, 09:00 EDT, to .* · we write to you when a place is free Open/)
  t.match((await browser.get(page ?? '')).body, 'You wait for these dates')
  await cancel(first)
  await work()
  t.match((await homeOf(jo)).words, /a place is kept for you until Wed 3 Feb, 07:00 EST/)
  await browser.post(`${page}/leaving`)
  t.equal((await homeOf(jo)).words, '', 'who waits no longer reads of it no more')
})

t.test('of two the other reads of it where it is the couple’s own, and cannot answer in their place', async t => {
  const { signInPerson, ...house } = await openFull(t)
  await house.asks(await signInPerson(one.email))
  const { jo, sam, homeOf, asks, client } = await beginTogether({ ...house, signInPerson })
  t.match((await homeOf(jo)).page, '/w/')
  t.equal((await homeOf(sam)).words, '', 'what one asked for alone is nobody else’s')
  await client`delete from waitlist_entries`
  await asks(jo)
  t.match((await homeOf(jo)).page, '/w/')
  const other = await homeOf(sam)
  t.match(other.words, /the two of you wait $/)
  t.equal(other.page, undefined)
})

t.test('who has a place or a seat already reads that, and to whom of two we write', async t => {
  const house = await openFull(t)
  const { jo, sam, couple, client, edition, homeOf } = await beginTogether(house)
  const wish = async (token: string) => {
    const { browser } = await homeOf(token)
    const chosen = await browser.post('/w', { type: 'retreat', edition, zone: one.zone })
    const form = { name: one.name, email: one.email, mailbox: 'own' }
    const { statusCode, body } = await browser.post(chosen.headers.location ?? '', form)
    t.equal(statusCode, 202)
    t.match(body, 'href="/me"', 'it leads to where it stands')
    return body
  }
  t.match(await wish(jo), /Noted<[\s\S]*we write to you\./)
  t.match(await wish(jo), /You wait for these dates already<[\s\S]*we write to you\./)
  const others = await wish(sam)
  t.match(others, /The two of you wait already<[\s\S]*we write to the other of you, who asked for it first\./)
  t.notMatch(others, 'we write to you.')
  await client`delete from waitlist_entries`
  await client`update bookings set client_id = ${couple} where edition_id = ${edition}`
  const seated = await wish(sam)
  t.match(seated, 'Your place is there already')
  t.notMatch(seated, 'we write to')
})
