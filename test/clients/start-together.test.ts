import t from 'tap'
import { agree, listOf, one, openTwoYeses, other } from '../support/couple.ts'
import { open } from '../support/open.ts'
import { withoutRandom } from '../support/random.ts'

const noted = { message: 'Noted. Nothing happens until the practice gets in touch.' }
const path = '/api/me/start-together'

t.test('neither sees the other’s yes: the same bytes before and after it', async t => {
  const house = await open(t)
  const { request, signInPerson, signIn, work, mails } = house
  const [jo, sam] = [await signInPerson(one.email), await signInPerson(other.email)]
  const alone = await request('POST', path, { whom: 'Sam' }, jo)
  t.match(alone, { statusCode: 202 }, alone.body)
  t.same(alone.json(), noted)
  const seen = async () => {
    const all = [await request('GET', path, undefined, jo), await request('POST', path, { whom: 'Sam' }, jo)]
    return all.map(({ statusCode, body, headers }) => {
      const { date: _, ...rest } = headers
      return JSON.stringify({ statusCode, body, rest })
    })
  }
  const before = await seen()
  await work()
  mails.length = 0
  const second = await request('POST', path, { whom: 'Jo' }, sam)
  t.equal(second.body, alone.body, 'the second yes is answered like the first')
  await work()
  t.same(await seen(), before, 'and changes nothing for the first')
  t.same(
    mails.map(({ to, subject }) => `${to}: ${subject}`),
    ['jessica@example.com: Something new is waiting for you'],
    'only the therapist hears of it'
  )
  t.notMatch(withoutRandom(mails[0]?.text ?? ''), /Jo|Sam|together|couple/i)
  t.match(await listOf(house, await signIn()), [
    { whom: 'Sam', seenAlone: false, agreed: null },
    { whom: 'Jo', seenAlone: false, agreed: null }
  ])
})

t.test('without both of its choices a practice begins with nobody', async t => {
  for (const missing of ['secrets', 'conversion']) {
    const { request, signInPerson, client } = await open(t)
    await client`update practices set policies = policies - ${missing}::text`
    const refused = await request('POST', path, { whom: 'Sam' }, await signInPerson(one.email))
    t.match(refused.json(), { type: '/problems/not-set-up', status: 409 }, missing)
  }
})

t.test('a yes wants somebody who is signed in: no booking’s token and no link is enough', async t => {
  const { request, confirmed, signIn } = await open(t)
  const { token } = await confirmed()
  for (const by of [undefined, token]) t.equal((await request('POST', path, { whom: 'Sam' }, by)).statusCode, 401)
  t.equal((await request('POST', path, { whom: 'Sam' }, await signIn())).statusCode, 403)
})

t.test('from a mailbox that somebody else reads nobody says yes', async t => {
  const { request, signInPerson, client } = await open(t)
  const jo = await signInPerson(one.email)
  await client`update contact_points set shared_mailbox = true where proven_at is not null`
  t.match((await request('POST', path, { whom: 'Sam' }, jo)).json(), { type: '/problems/mailbox-shared' })
})

t.test(
  'two yeses, the therapist’s own, and each one’s consent make a new couple that is confirmed by hand',
  async t => {
    const house = await openTwoYeses(t)
    const { request, therapist, yeses, jo, sam, client, work, mails } = house
    const ids = yeses.map(({ id }: { id: string }) => id)
    const unspoken = await request('POST', '/api/beginnings', { approved: true, yeses: ids }, therapist)
    t.match(unspoken.json(), { status: 422, detail: /Speak with each of the two first/ }, unspoken.body)
    mails.length = 0
    const approved = { approved: true, yeses: ids, spokenWithEach: true }
    const put = await request('POST', '/api/beginnings', approved, therapist)
    t.equal(put.statusCode, 200, put.body)
    await work()
    const told = mails.map(({ subject, text }) => `${subject}\n${text}`)
    t.equal(mails.length, 2)
    t.equal(told[0], told[1], 'both read the same')
    const question = (await request('GET', path, undefined, jo)).json().question
    t.match(question.words.join('\n'), /with Jessica.*therapist decides with you what has to be shared/s)
    t.notMatch(question.words.join('\n'), /individual sessions/)
    const first = await agree(house, jo)
    t.same(first.json(), noted)
    t.same(await client`select 1 from clients where kind = 'couple'`, [], 'one consent makes no couple')
    const waiting = await request('GET', path, undefined, sam)
    t.match(waiting.json(), { question: { hash: question.hash } }, 'the other is asked as before')
    t.equal((await agree(house, sam)).body, first.body)
    t.match(await client`select kind, confirmation from clients`, [{ kind: 'couple', confirmation: 'by_hand' }])
    t.match(await client`select number, left_at from memberships order by number`, [
      { number: 1, left_at: null },
      { number: 2, left_at: null }
    ])
    const consents = await client`select person_id, document, version, encode(hash, 'hex') as hash, at from consents`
    t.equal(new Set(consents.map(({ person_id }) => person_id)).size, 2)
    for (const consent of consents)
      t.match(consent, {
        document: 'begin-together',
        version: 1,
        hash: question.hash,
        at: '2027-02-01 12:00:00+00'
      })
    const late = await request('POST', `${path}/answer`, { agree: true, hash: question.hash }, jo)
    t.equal(late.statusCode, 404, 'nothing is asked any more')
  }
)

t.test(
  'who was seen alone allows one fact, or nothing begins with the same therapist; then both read the standard text',
  async t => {
    const house = await open(t)
    const { request, confirmed, signInPerson, signIn, clock, client, work, mails } = house
    await confirmed({ sessionType: 'individual', person: one })
    clock.set('2027-02-10T12:00:00Z')
    const [jo, sam, therapist] = [await signInPerson(one.email), await signInPerson(other.email), await signIn()]
    await join(house, jo)
    t.match((await request('GET', path, undefined, jo)).json(), { asksOneFact: true, said: null })
    t.match((await request('GET', path, undefined, sam)).json(), { asksOneFact: false })
    await request('POST', path, { whom: 'Sam' }, jo)
    await request('POST', path, { whom: 'Jo' }, sam)
    const yeses = await listOf(house, therapist)
    t.match(yeses, [{ seenAlone: true, mayTell: null }, { seenAlone: false }])
    const ids = yeses.map(({ id }: { id: string }) => id)
    const approve = (more = {}) =>
      request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true, ...more }, therapist)
    t.match((await approve()).json(), { type: '/problems/one-fact-needed', status: 409 })
    await request('POST', path, { whom: 'Sam', mayTell: false }, jo)
    t.match((await approve()).json(), { type: '/problems/one-fact-needed' })
    await work()
    mails.length = 0
    await request('POST', '/api/beginnings', { approved: false, yeses: ids }, therapist)
    await work()
    t.same(mails.map(({ to }) => to).sort(), [one.email, other.email])
    t.equal(mails[0]?.text, mails[1]?.text, 'both read the same')
    t.match(mails[0]?.text, /^Hello, thank you for your time\. We do not think this form is the right one at present/)
    t.match((await request('GET', path, undefined, jo)).json(), { said: null, question: null })

    await request('POST', path, { whom: 'Sam', mayTell: true }, jo)
    await request('POST', path, { whom: 'Jo' }, sam)
    const again = (await listOf(house, therapist)).map(({ id }: { id: string }) => id)
    const put = await request(
      'POST',
      '/api/beginnings',
      { approved: true, yeses: again, spokenWithEach: true },
      therapist
    )
    t.equal(put.statusCode, 200, put.body)
    const fact = '“I have had individual sessions here.”'
    const words = async (token: string) =>
      (await request('GET', path, undefined, token)).json().question.words.join(' ')
    const shown = await words(sam)
    t.match(shown, fact, 'the other reads the one fact before consenting')
    t.notMatch(shown, /2027|Feb|\d/, 'no dates, no number')
    t.notMatch(await words(jo), fact)
    for (const token of [jo, sam]) await agree(house, token)
    t.equal((await client`select 1 from clients where kind = 'couple'`).length, 1)
  }
)

t.test(
  'a practice that refers out begins with no one whom the therapist has seen alone; one that promises equal time says so first',
  async t => {
    const house = await open(t)
    const { request, confirmed, signInPerson, signIn, clock, client } = house
    await confirmed({ sessionType: 'individual', person: one })
    clock.set('2027-02-10T12:00:00Z')
    const [jo, sam, therapist] = [await signInPerson(one.email), await signInPerson(other.email), await signIn()]
    await join(house, jo)
    await request('POST', path, { whom: 'Sam', mayTell: true }, jo)
    await request('POST', path, { whom: 'Jo' }, sam)
    const yeses = (await listOf(house, therapist)).map(({ id }: { id: string }) => id)
    const choose = async (conversion: string) => {
      await request('PUT', '/api/practice/choices', { secrets: 'none', conversion }, therapist)
      clock.move({ seconds: 10 })
    }
    const approve = (more = {}) =>
      request('POST', '/api/beginnings', { approved: true, yeses, spokenWithEach: true, ...more }, therapist)
    await choose('refer_out')
    t.match((await approve({ equalTime: true })).json(), { type: '/problems/refer-out' })
    await choose('equal_time')
    t.match((await approve()).json(), { type: '/problems/equal-time-first' })
    t.equal((await approve({ equalTime: true })).statusCode, 200)
    t.same(await client`select told from yeses order by number`, [{ told: true }, { told: false }])
  }
)

t.test('one says no to the words: both read the standard text, and neither whose no it was', async t => {
  const house = await openTwoYeses(t)
  const { request, therapist, yeses, jo, sam, client, work, mails } = house
  const ids = yeses.map(({ id }: { id: string }) => id)
  await request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist)
  await agree(house, jo)
  await work()
  mails.length = 0
  const { question } = (await request('GET', path, undefined, sam)).json()
  const no = await request('POST', `${path}/answer`, { agree: false, hash: question.hash }, sam)
  t.same(no.json(), noted)
  await work()
  t.same(mails.map(({ to }) => to).sort(), [one.email, other.email])
  t.equal(mails[0]?.text, mails[1]?.text)
  for (const token of [jo, sam])
    t.same((await request('GET', path, undefined, token)).json(), {
      open: true,
      asksOneFact: false,
      asksName: true,
      said: null,
      question: null
    })
  t.same(await client`select 1 from clients where kind = 'couple'`, [])
  t.match(await client`select state from beginnings`, [{ state: 'declined' }])
})

t.test('words that changed are agreed to by nobody unread', async t => {
  const house = await openTwoYeses(t)
  const { request, therapist, yeses, jo, clock } = house
  const ids = yeses.map(({ id }: { id: string }) => id)
  await request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist)
  const { question } = (await request('GET', path, undefined, jo)).json()
  await request('PUT', '/api/practice/choices', { secrets: 'none', conversion: 'refer_out' }, therapist)
  clock.move({ seconds: 10 })
  const stale = await request('POST', `${path}/answer`, { agree: true, hash: question.hash }, jo)
  t.match(stale.json(), { type: '/problems/words-changed', status: 409 })
  t.equal((await agree(house, jo)).statusCode, 202)
})

t.test(
  'words that change between two consents: who agreed to the old ones is asked again, and two begin on the same',
  async t => {
    const house = await openTwoYeses(t)
    const { request, therapist, yeses, jo, sam, client, clock, work, mails } = house
    const ids = yeses.map(({ id }: { id: string }) => id)
    await request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist)
    t.equal((await agree(house, jo)).statusCode, 202)
    await request('PUT', '/api/practice/choices', { secrets: 'none', conversion: 'refer_out' }, therapist)
    clock.move({ seconds: 10 })
    await work()
    mails.length = 0
    const said = await agree(house, sam)
    t.same([said.statusCode, said.json()], [202, noted], 'and whoever comes second hears nothing of it')
    await work()
    t.same(await client`select 1 from clients where kind = 'couple'`, [])
    t.match(
      mails.map(({ to, subject }) => [to, subject]),
      [[one.email, 'Something for you to read']]
    )
    t.equal((await agree(house, jo)).statusCode, 202)
    const consents = await client`select encode(hash, 'hex') as hash from consents where document = 'begin-together'`
    t.equal(consents.length, 2)
    t.equal(consents[0]?.hash, consents[1]?.hash)
  }
)

t.test('both agree in the same moment: one couple is made', async t => {
  const house = await openTwoYeses(t)
  const { request, therapist, yeses, jo, sam, client } = house
  const ids = yeses.map(({ id }: { id: string }) => id)
  await request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist)
  const answers = await Promise.all([agree(house, jo), agree(house, sam)])
  t.same(
    answers.map(({ statusCode }) => statusCode),
    [202, 202]
  )
  t.equal((await client`select 1 from clients where kind = 'couple'`).length, 1)
  t.equal((await client`select 1 from consents`).length, 2)
})

t.test('one says yes with two addresses: to the therapist both are unknown, and one yes is never two', async t => {
  const house = await open(t)
  const { request, confirmed, signInPerson, signIn } = house
  const booked = await confirmed({ sessionType: 'individual', person: one })
  const invited = await request('POST', '/api/partner-invitations', { text: 'curiosity' }, booked.token)
  const link = invited.json().url
  const jo = await signInPerson(one.email)
  const second = await signInPerson('jo.second@example.com')
  const sam = await signInPerson(other.email)
  const answers = [
    await request('POST', path, { whom: 'Sam', link }, jo),
    await request('POST', path, { whom: 'Jo', link }, second),
    await request('POST', path, { whom: 'Jo', link: 'http://localhost:3000/p/none' }, sam)
  ]
  t.equal(new Set(answers.map(({ body }) => body)).size, 1, 'a link that is none is answered alike')
  const therapist = await signIn()
  const [mine, fake, real] = await listOf(house, therapist)
  t.match([mine, fake, real], [{ met: false }, { met: false }, { met: false }], 'an address is all that is known')
  t.same(mine.samePage, [fake.id], 'the same page is a hint: its inviter holds it too')
  t.same(real.samePage, [])
  const twice = { approved: true, yeses: [mine.id, mine.id], spokenWithEach: true }
  t.match((await request('POST', '/api/beginnings', twice, therapist)).json(), { type: '/problems/no-such-yes' })
})

t.test('of what each did before nothing moves to the couple, and two who are one begin nothing more', async t => {
  const house = await open(t)
  const { request, confirmed, signInPerson, signIn, client } = house
  const before = await confirmed({ sessionType: 'individual', person: one })
  const [jo, sam, therapist] = [await signInPerson(one.email), await signInPerson(other.email), await signIn()]
  const begin = async () => {
    await request('POST', path, { whom: 'Sam' }, jo)
    await request('POST', path, { whom: 'Jo' }, sam)
    const yeses = (await listOf(house, therapist)).map(({ id }: { id: string }) => id)
    return request('POST', '/api/beginnings', { approved: true, yeses, spokenWithEach: true }, therapist)
  }
  t.equal((await begin()).statusCode, 200)
  for (const token of [jo, sam]) await agree(house, token)
  t.match(
    await client`
      select k.kind, k.confirmation from bookings b join clients k on k.id = b.client_id where b.id = ${before.id}`,
    [{ kind: 'individual', confirmation: 'usual' }]
  )
  t.same(await client`select 1 from bookings b join clients k on k.id = b.client_id where k.kind = 'couple'`, [])
  t.match((await begin()).json(), { type: '/problems/together-already', status: 409 })
})

t.test('a yes is taken back while nothing has come of it, and another therapist’s list is not one’s own', async t => {
  const house = await openTwoYeses(t)
  const { request, jo, therapist, yeses } = house
  t.equal((await request('DELETE', path, undefined, jo)).statusCode, 204)
  t.equal((await request('DELETE', path, undefined, jo)).statusCode, 204, 'twice is once')
  t.match((await request('GET', path, undefined, jo)).json(), { said: null })
  t.equal((await listOf(house, therapist)).length, 1)
  const ids = yeses.map(({ id }: { id: string }) => id)
  const gone = await request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist)
  t.match(gone.json(), { type: '/problems/no-such-yes', status: 404 })
})

t.test('one takes a yes back while it is put beside another: it is gone, or it is asked; never both', async t => {
  const house = await openTwoYeses(t)
  const { request, jo, therapist, yeses, client } = house
  const ids = yeses.map(({ id }: { id: string }) => id)
  const [put, back] = await Promise.all([
    request('POST', '/api/beginnings', { approved: true, yeses: ids, spokenWithEach: true }, therapist),
    request('DELETE', path, undefined, jo)
  ])
  t.equal(back.statusCode, 204)
  const [row] = await client`
    select count(*)::int as put, count(*) filter (where y.ended_at is not null)::int as gone
    from yeses y where beginning_id is not null`
  t.same(row, put.statusCode === 200 ? { put: 2, gone: 0 } : { put: 0, gone: 0 })
})

/** What the unproven booker of before did becomes this person's, as by their own code. */
async function join({ client }: { client: Awaited<ReturnType<typeof open>>['client'] }, _token: string): Promise<void> {
  await client`
    update people set joined_to = (select person_id from contact_points where proven_at is not null and lookup =
      (select lookup from contact_points where person_id = people.id and kind = 'email') limit 1)
    where proven_at is null and id in (select booker_id from bookings)`
}
