import t from 'tap'
import { joint } from '../support/joint.ts'
import { open } from '../support/open.ts'
import { withoutRandom } from '../support/random.ts'

const other = 'sam@example.com'
const next = '2027-02-16T15:00:00Z'

type Booked = ReturnType<Awaited<ReturnType<typeof open>>['request']>

/** Two who have said yes to one another once: the first has made the booking their own and is signed in. */
async function couple(
  t: Parameters<typeof open>[0],
  before: (book: (more: object) => Booked) => Promise<void> = async () => {}
) {
  const house = await open(t)
  const first = await house.signInPerson()
  const { book, request } = house
  const asFirst = { ...house, book: (more: object = {}) => bookAs(first, more) }
  async function bookAs(token: string, more: object) {
    return request(
      'POST',
      '/api/bookings',
      { sessionType: 'couples', start: '2027-02-09T15:00:00Z', consent: { termsVersion: 1 }, ...more },
      token
    )
  }
  await before(asFirst.book)
  house.clock.move({ minutes: 5 })
  const pair = await joint(asFirst, other)
  house.mails.splice(0)
  return { ...house, book, bookAs, first, second: pair.personToken, pair }
}

t.test('of a couple who belong together either books, and the other is asked by one mail, without a link', async t => {
  for (const by of ['first', 'second'] as const) {
    const house = await couple(t)
    const { first, second, bookAs, request, work, mails, client } = house
    const [booker, answerer] = by === 'first' ? [first, second] : [second, first]
    const booked = (await bookAs(booker, { start: next })).json()
    t.match(booked, { state: 'requested', payment: null })
    t.notOk(booked.partnerLink, 'nobody is asked by a link')
    await work()
    const asked = mails.filter(({ text }) => /A time was suggested|a time was suggested/.test(text))
    t.match(
      asked.map(({ to }) => to),
      [by === 'first' ? other : 'jo@example.com']
    )
    t.match(asked[0]?.text, /It takes place only if it suits you\.[\s\S]*Without an answer by/)
    t.notMatch(withoutRandom(asked[0]?.text ?? ''), /\$|charge|pay/)
    const seen = (await request('GET', `/api/bookings/${booked.id}`, undefined, answerer)).json()
    t.match(seen, { state: 'requested', appointments: [{ start: next }] }, 'who is asked reads the time')
    t.notOk(seen.price)
    const path = `/api/bookings/${booked.id}/acceptance`
    t.equal((await request('POST', path, { answer: 'accept' }, booker)).statusCode, 404, 'not for the other')
    const listed = (await request('GET', '/api/me/bookings', undefined, answerer)).json()
    t.ok(
      listed.items.some(({ id }: { id: string }) => id === booked.id),
      'it stands among their own'
    )
    t.equal((await request('POST', path, { answer: 'accept' }, answerer)).statusCode, 200)
    const read = async () => (await request('GET', `/api/bookings/${booked.id}`, undefined, booker)).json()
    t.match(await read(), { state: 'requested' }, 'every new couple is confirmed by hand besides')
    await request('POST', `/api/bookings/${booked.id}/approval`, { approved: true }, await house.signIn())
    t.match(await read(), { state: 'held' })
    const [row] = await client`select count(distinct client_id)::int as n from bookings`
    t.equal(row?.n, 1, 'the same couple')
  }
})

t.test('who is asked and says no by their own sign-in is not named, and stays in nothing of it', async t => {
  const { first, second, bookAs, request, work, mails } = await couple(t)
  const { id } = (await bookAs(first, { start: next })).json()
  await work()
  mails.splice(0)
  t.equal((await request('POST', `/api/bookings/${id}/acceptance`, { answer: 'other_time' }, second)).statusCode, 200)
  await work()
  t.match(
    mails.map(({ to, text }) => `${to}: ${text}`),
    [/^jo@example\.com: Hello, the time on Tue 16 Feb .* was not confirmed and is free again\. Nothing was charged/]
  )
  t.equal((await request('GET', `/api/bookings/${id}`, undefined, second)).statusCode, 404)
})

t.test('who asks, takes back and asks again has the other mailed five times in seven days, and no more', async t => {
  const { first, second, bookAs, request, work, mails, clock, pair, signInPerson } = await couple(t)
  const asks = () => mails.filter(({ to, text }) => to === other && /^Hello, (a time was suggested|would )/.test(text))
  const path = `/api/appointments/${pair.appointment}/move`
  for (const day of [17, 18]) {
    await request('POST', path, { start: `2027-02-${day}T15:00:00Z` }, first)
    await work()
  }
  for (let time = 0; time < 5; time += 1) {
    const { id } = (await bookAs(first, { start: next })).json()
    await work()
    t.equal((await request('POST', `/api/bookings/${id}/release`, undefined, first)).statusCode, 200)
  }
  t.equal(asks().length, 5)
  const { id } = (await bookAs(first, { start: next })).json()
  await work()
  t.equal(asks().length, 5)
  const seen = (await request('GET', `/api/bookings/${id}`, undefined, second)).json()
  t.match(seen, { answerable: true }, 'what is asked stands on their own pages all the same')
  await request('POST', `/api/bookings/${id}/release`, undefined, first)
  clock.move({ days: 7, minutes: 1 })
  await bookAs(await signInPerson(), { start: '2027-02-23T15:00:00Z' })
  await work()
  t.equal(asks().length, 6)
})

t.test('what one books alone is nothing to the other', async t => {
  const { first, second, bookAs, request } = await couple(t)
  const { id } = (await bookAs(first, { sessionType: 'individual', start: next })).json()
  t.equal((await request('GET', `/api/bookings/${id}`, undefined, second)).statusCode, 404)
  t.notMatch((await request('GET', '/api/me/bookings', undefined, second)).body, id)
})

t.test('what one booked for both before the other joined is not shown to them', async t => {
  let earlier = ''
  const { second, request } = await couple(t, async book => {
    const answer = await book({ start: '2027-02-11T15:00:00Z' })
    t.equal(answer.statusCode, 201, answer.body)
    earlier = String(answer.json().id)
  })
  t.equal((await request('GET', `/api/bookings/${earlier}`, undefined, second)).statusCode, 404)
  t.notMatch((await request('GET', '/api/me/bookings', undefined, second)).body, earlier)
})

t.test(
  'two times asked for by two links: whoever says yes to one of them is the other, and nobody else is',
  async t => {
    const house = await open(t)
    const { request, client, signInPerson } = house
    const jo = await signInPerson()
    const ask = async (start: string) =>
      (
        await request(
          'POST',
          '/api/bookings',
          { sessionType: 'couples', start, together: true, consent: { termsVersion: 1 } },
          jo
        )
      ).json()
    const times = [await ask('2027-02-09T15:00:00Z'), await ask(next)]
    const [sam, third] = [await signInPerson(other), await signInPerson('third@example.com')]
    const accept = (at: number, token: string) =>
      request(
        'POST',
        `/api/bookings/${times[at].id}/acceptance`,
        { answer: 'accept', link: times[at].partnerLink },
        token
      )
    const answers = await Promise.all([accept(0, sam), accept(1, third)])
    const [won, lost] = answers[0]?.statusCode === 200 ? [0, 1] : [1, 0]
    t.equal(answers[won]?.statusCode, 200)
    t.match(answers[lost]?.json(), { status: 409, type: '/problems/answered-already' })
    t.equal((await accept(lost, won === 0 ? sam : third)).statusCode, 200, 'who has joined answers the second as well')
    const [row] = await client`select count(*)::int as n from memberships where kind = 'couple'`
    t.equal(row?.n, 2)
  }
)

t.test(
  'one leaves in the moment in which they would say yes: nobody comes back into a couple that has ended',
  async t => {
    const { first, second, bookAs, request, client, pair } = await couple(t)
    const { id } = (await bookAs(first, { start: next })).json()
    const [row] = await client`select client_id as couple from bookings where id = ${pair.id}`
    // What leaving does first; the request is cancelled after it.
    await client`update memberships set left_at = joined_at + interval '1 minute' where client_id = ${row?.couple}`
    await client`update clients set closed_at = created_at + interval '1 hour' where id = ${row?.couple}`
    const late = await request('POST', `/api/bookings/${id}/acceptance`, { answer: 'accept' }, second)
    t.match(late.json(), { status: 409, type: '/problems/nothing-to-answer' })
    t.same(await client`select 1 from memberships where client_id = ${row?.couple} and left_at is null`, [])
  }
)
