import t from 'tap'
import { invitePartner } from '../../src/clients/invite-partner.ts'
import { answers, openInvited, tokenOf } from '../support/partners.ts'

t.test('a page to share is one for thirty days, in any of its texts', async t => {
  const { request, booked, made, mails, work } = await openInvited(t)
  t.equal(made.statusCode, 201)
  const { url, message, endsAt } = made.json()
  t.match(url, /^http:\/\/localhost:3000\/p\/[\w-]{43}$/)
  t.ok(message.includes(url))
  t.equal(endsAt, '2027-03-03T12:00:00Z')
  const again = await request('POST', '/api/partner-invitations', { text: 'formats' }, booked.token)
  t.equal(again.json().url, url)
  t.not(again.json().message, message)
  await work()
  t.same(mails, [], 'the practice sends nothing to anybody')
})

t.test('a link is replaced once, and the old one opens nothing from then on', async t => {
  const { request, booked, token } = await openInvited(t)
  const replaced = await request('POST', '/api/partner-invitations', { text: 'curiosity', replace: true }, booked.token)
  t.equal(replaced.statusCode, 201)
  t.not(tokenOf(replaced.json().url), token)
  t.equal((await request('GET', `/api/partner-invitations/${token}`)).statusCode, 404)
  t.equal((await request('GET', `/api/partner-invitations/${tokenOf(replaced.json().url)}`)).statusCode, 200)
  const more = await request('POST', '/api/partner-invitations', { text: 'curiosity', replace: true }, booked.token)
  t.match(more.json(), { status: 409, type: '/problems/invited-already' })
})

t.test('misuse story 13: ten invitations in a week are one', async t => {
  const { request, booked, made, clock, client } = await openInvited(t)
  for (let number = 0; number < 9; number += 1) {
    clock.move({ hours: 2 })
    const again = await request('POST', '/api/partner-invitations', { text: 'curiosity' }, booked.token)
    t.equal(again.json().url, made.json().url)
  }
  const { id } = made.json()
  t.equal((await request('DELETE', `/api/partner-invitations/${id}`, undefined, booked.token)).statusCode, 204)
  const next = await request('POST', '/api/partner-invitations', { text: 'curiosity' }, booked.token)
  t.match(next.json(), { status: 409, detail: /2027-04-02/ })
  t.match(await client`select count(*)::int from partner_invitations`, [{ count: 1 }])
})

t.test('the next one is made sixty days after the last, whatever was answered', async t => {
  const { deps, scope, booked, answer, clock, client } = await openInvited(t)
  const [row] = await client<{ person: string }[]>`select booker_id as person from bookings where id = ${booked.id}`
  const actor = { kind: 'booking', booking: booked.id, person: row?.person ?? '', purpose: 'booking_answer' } as const
  const next = () => invitePartner(deps, scope, actor, { text: 'curiosity' })
  await answer(answers['do not contact'])
  clock.move({ days: 59, hours: 23 })
  await t.rejects(next(), { code: 'invited-already' })
  clock.move({ hours: 1 })
  t.match((await next()).url, /\/p\//)
})

t.test('two requests at once make one page', async t => {
  const { request, confirmed, client } = await openInvited(t)
  const other = await confirmed({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })
  const made = await Promise.all(
    Array.from({ length: 5 }, () => request('POST', '/api/partner-invitations', { text: 'curiosity' }, other.token))
  )
  t.equal(new Set(made.map(answer => answer.json().url)).size, 1)
  t.match(await client`select count(*)::int from partner_invitations`, [{ count: 2 }])
})

t.test('another’s page is not there to withdraw, and without a booking there is none to make', async t => {
  const { request, confirmed, made, token } = await openInvited(t)
  const other = await confirmed({ sessionType: 'individual', start: '2027-02-10T15:00:00Z' })
  const { id } = made.json()
  t.equal((await request('DELETE', `/api/partner-invitations/${id}`, undefined, other.token)).statusCode, 404)
  t.equal((await request('GET', `/api/partner-invitations/${token}`)).statusCode, 200)
  t.equal((await request('POST', '/api/partner-invitations', { text: 'curiosity' })).statusCode, 401)
  const unknown = await request('POST', '/api/partner-invitations', { text: 'pressure' }, other.token)
  t.match(unknown.json(), { status: 422, errors: [{ pointer: '/text' }] })
})

t.test('what is never, what has ended and what was taken back are the same nothing', async t => {
  const { request, made, token, booked } = await openInvited(t)
  const look = async (one: string) => {
    const { statusCode, body, headers } = await request('GET', `/api/partner-invitations/${one}`)
    const { requestId: _, ...rest } = JSON.parse(body)
    const { 'content-length': length, 'content-type': type } = headers
    return { statusCode, rest, length, type }
  }
  const never = await look('a'.repeat(43))
  t.equal(never.statusCode, 404)
  await request('DELETE', `/api/partner-invitations/${made.json().id}`, undefined, booked.token)
  t.same(await look(token), never)
  const fresh = await openInvited(t)
  fresh.clock.move({ days: 30 })
  const ended = await fresh.request('GET', `/api/partner-invitations/${fresh.token}`)
  t.equal(ended.statusCode, 404)
})

t.test('misuse story 1: the link opens the same bytes before and after every answer', async t => {
  const { request, token, answer, booked, clock } = await openInvited(t)
  const look = async () => {
    const { statusCode, body, headers } = await request('GET', `/api/partner-invitations/${token}`)
    const { date: _, ...rest } = headers
    return JSON.stringify({ statusCode, body, rest })
  }
  const own = async () => (await request('GET', '/api/partner-invitations', undefined, booked.token)).json()
  const [before, ownBefore] = [await look(), await own()]
  for (const [name, given] of Object.entries(answers)) {
    t.equal((await answer(given)).statusCode, 201, name)
    t.equal(await look(), before, `after ${name}`)
    const { shared, ...rest } = await own()
    t.same(rest, { open: ownBefore.open, nextFrom: null }, 'nothing of it is told to who invited')
    const shown = shared.map(({ words }: { words: string }) => words)
    t.notMatch(JSON.stringify(shown.filter((words: string) => words !== 'MARKED-SHARED')), /MARKED/)
  }
  t.same((await own()).shared, [{ concern: 'time', label: 'I have no time for this', words: 'MARKED-SHARED' }])
  clock.move({ days: 29 })
  t.equal(await look(), before, 'on its last day')
})
