import t from 'tap'
import { holdCall, payFor } from '../support/after-calls.ts'
import { couple, openRetreat } from '../support/retreat.ts'

/** One place, asked for by a couple together, for which two more wait; the practice speaks with each before its yes. */
async function openFull(test: Parameters<typeof openRetreat>[0]) {
  const house = await openRetreat(test, { max: 1, approval: true })
  const { request, edition, wait, signIn } = house
  const booked = (await house.seat('a', { together: true })).json()
  for (const word of ['b', 'c']) await wait(word)
  const { waitlist } = (await request('GET', `/api/editions/${edition}/roster`, undefined, house.staff)).json()
  return {
    ...house,
    booked,
    first: String(waitlist[0].id),
    second: String(waitlist[1].id),
    approve: async (entry: string, body?: object) =>
      request('POST', `/api/waitlist-entries/${entry}/approval`, body, await signIn()),
    transfer: async (entry: string) => {
      const wish = { entry, by: 'client', reason: 'They asked us to' }
      return request('POST', `/api/bookings/${booked.id}/seat-transfer`, wish, await signIn())
    }
  }
}

t.test(
  'a seat goes to a couple with whom a therapist has spoken, before whoever waited longer; they pay at once',
  async t => {
    const house = await openFull(t)
    const { client, line, lineToken, accept, work, second, approve, transfer } = house
    t.match((await transfer(second)).json(), { type: '/problems/not-in-line' }, 'not before the practice knows them')
    t.match((await approve(second)).json(), { type: '/problems/calls-first' })
    t.match((await approve(second, { spokenWithEach: false })).json(), { status: 422 })
    t.equal((await approve(second, { spokenWithEach: true })).statusCode, 204)
    t.match(await client`select actor, subjects from audit where kind = 'spoken-with-each'`, [
      { actor: /^staff:/, subjects: [second] }
    ])
    t.equal((await transfer(second)).statusCode, 204)
    await work()
    t.same(
      (await line()).map(({ state }) => state),
      ['offered', 'waiting']
    )
    const taken = await accept(lineToken('c'))
    t.match(taken.json(), { state: 'held', payment: { url: String } }, taken.body)
    t.equal(await payFor(house, taken.json().id), 'confirmed')
  }
)

t.test('two who had their calls for other dates are approved in line by them, and pay once both want it', async t => {
  const house = await openFull(t)
  const { request, signInPerson, edition, approve, transfer, work, mails, book } = house
  const [jo, sam] = [couple('jo'), couple('sam')]
  const dates = (await request('GET', '/api/session-types/retreat/editions')).json().items
  const free = dates.find(({ id }: { id: string }) => id !== edition)
  const asked = await book({ sessionType: 'retreat', start: undefined, edition: free.id, person: jo, together: true })
  const { id, partnerLink: link } = asked.json()
  const yes = { answer: 'accept', link }
  await request('POST', `/api/bookings/${id}/acceptance`, yes, await signInPerson(sam.email))
  await holdCall(house, jo, '2027-02-02T15:00:00Z')
  t.equal((await request('POST', '/api/waitlist-entries', { edition }, await signInPerson(jo.email))).statusCode, 202)
  const roster = await request('GET', `/api/editions/${edition}/roster`, undefined, await house.signIn())
  t.equal(roster.json().afterCalls, true)
  const entry = roster.json().waitlist.at(-1).id
  t.match((await approve(entry)).json(), { type: '/problems/calls-first' })
  await holdCall(house, sam, '2027-02-03T15:00:00Z')
  t.equal((await approve(entry)).statusCode, 204)
  t.equal((await transfer(entry)).statusCode, 204)
  await work()
  const token = /\/w\/([\w-]{43})/.exec(
    mails.findLast(({ to, text }) => to === jo.email && text.includes('/w/'))?.text ?? ''
  )
  const taken = await house.accept(token?.[1] ?? '')
  t.match(taken.json(), { state: 'requested' }, 'the other is asked by their own sign-in')
  const seat = taken.json().id
  await request('POST', `/api/bookings/${seat}/acceptance`, { answer: 'accept' }, await signInPerson(sam.email))
  t.equal(await payFor(house, seat), 'confirmed')
})

t.test('whom nobody has approved in line takes the seat together with the other; two calls lead to a yes', async t => {
  const house = await openFull(t)
  const { request, booked, cancel, work, accept, lineToken, signInPerson, signIn } = house
  await cancel(booked)
  await work()
  const refused = await accept(lineToken('b'))
  t.match(refused.json(), { status: 422, errors: [{ pointer: '/together' }] }, 'the place stays theirs')
  const page = await house.app.inject({ url: `/w/${lineToken('b')}`, headers: { host: 'localhost:3000' } })
  t.notMatch(page.body, /We have both agreed/)
  t.match(page.body, /name="agreed" value="together"/)
  const taken = (await accept(lineToken('b'), { together: true })).json()
  t.match(taken, { state: 'requested', partnerLink: String })
  const yes = { answer: 'accept', link: taken.partnerLink }
  await request('POST', `/api/bookings/${taken.id}/acceptance`, yes, await signInPerson(couple('sam').email))
  await holdCall(house, couple('b'), '2027-02-02T15:00:00Z')
  await holdCall(house, couple('sam'), '2027-02-03T15:00:00Z')
  const approved = await request('POST', `/api/bookings/${taken.id}/approval`, { approved: true }, await signIn())
  t.match(approved.json(), { state: 'held' }, approved.body)
  t.equal(await payFor(house, taken.id), 'confirmed')
})
