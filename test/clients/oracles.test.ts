import t from 'tap'
import { someone } from '../support/open.ts'
import { statementsOf, told } from '../support/oracles.ts'
import { answers, openInvited } from '../support/partners.ts'

const known = someone.email
const unknown = 'nobody.yet@example.com'

t.test('no oracle in booking: an address that is known is answered, asked and mailed as any other', async t => {
  const { book, client, work, mails, signInPerson } = await openInvited(t)
  await signInPerson(known) // a proven person, who has a confirmed booking besides
  for (const [sessionType, starts] of [
    ['couples', ['2027-02-10T15:00:00Z', '2027-02-11T15:00:00Z', '2027-02-16T15:00:00Z']],
    ['consultation', ['2027-02-10T18:00:00Z', '2027-02-11T18:00:00Z', '2027-02-16T18:00:00Z']]
  ] as const) {
    const seen = []
    // The first one of all warms what is remembered: it is not compared.
    for (const [at, email] of ['first@example.com', known, unknown].entries()) {
      let answer: Awaited<ReturnType<typeof book>> | undefined
      const statements = await statementsOf(client, async () => {
        answer = await book({ sessionType, start: starts[at], person: { ...someone, email } })
      })
      mails.length = 0
      await work()
      const mailed = mails.map(({ subject, to }) => [subject, to === email])
      seen.push(answer && { ...told(answer), statements, mailed })
    }
    t.match(seen[1], { statusCode: 201 })
    t.ok((seen[1]?.statements.length ?? 0) > 5, `${seen[1]?.statements.length} statements`)
    t.strictSame(seen[1], seen[2], sessionType)
  }
})

t.test('no oracle in an enquiry: whoever the address belongs to, or that it asked for no contact', async t => {
  const { request, client, work, mails, signInPerson, answer } = await openInvited(t)
  await signInPerson(known)
  await answer({ kind: 'no_contact', address: 'never@example.com' })
  await work()
  const seen = []
  for (const address of ['first@example.com', known, unknown, 'never@example.com', 'jessica@example.com']) {
    let answered: Awaited<ReturnType<typeof request>> | undefined
    const statements = await statementsOf(client, async () => {
      answered = await request('POST', '/api/enquiries', { words: 'One question', address })
    })
    mails.length = 0
    await work()
    seen.push(answered && { ...told(answered), statements, mailed: mails.map(({ subject, to }) => [subject, to]) })
  }
  t.match(seen[1], { statusCode: 202, mailed: [['Something new is waiting for you', 'jessica@example.com']] })
  for (const other of seen.slice(2)) t.strictSame(other, seen[1])
})

t.test('no oracle in a link: what never was, has ended and was taken back is the same nothing', async t => {
  const { request, client, token, made, booked } = await openInvited(t)
  const look = async (one: string, method: 'GET' | 'POST') => {
    const address = `/api/partner-invitations/${one}`
    let answered: Awaited<ReturnType<typeof request>> | undefined
    const statements = await statementsOf(client, async () => {
      answered =
        method === 'GET'
          ? await request('GET', address)
          : await request('POST', `${address}/answers`, { kind: 'question', words: 'x' })
    })
    return answered && { ...told(answered), statements }
  }
  for (const method of ['GET', 'POST'] as const) await look('b'.repeat(43), method)
  const never = { GET: await look('a'.repeat(43), 'GET'), POST: await look('a'.repeat(43), 'POST') }
  t.match(never, { GET: { statusCode: 404 }, POST: { statusCode: 404 } })
  await request('DELETE', `/api/partner-invitations/${made.json().id}`, undefined, booked.token)
  for (const method of ['GET', 'POST'] as const) t.strictSame(await look(token, method), never[method], 'taken back')
  await client`update partner_invitations set state = 'open', ends_at = '2027-02-01T11:00:00Z'`
  for (const method of ['GET', 'POST'] as const) t.strictSame(await look(token, method), never[method], 'ended')
})

t.test('no oracle in an answer: one too many costs the same statements and is told alike', async t => {
  for (const name of [
    'question',
    'a concern with an address',
    'do not contact',
    'times',
    'not now, with a note'
  ] as const) {
    const { answer, client } = await openInvited(t)
    const say = async () => {
      let answered: Awaited<ReturnType<typeof answer>> | undefined
      const statements = await statementsOf(client, async () => {
        answered = await answer(answers[name])
      })
      return answered && { ...told(answered), statements }
    }
    for (let count = 0; count < 9; count += 1) await answer(answers.question)
    const [tenth, eleventh] = [await say(), await say()]
    t.match(tenth, { statusCode: 201 })
    t.strictSame(eleventh, tenth, name)
    t.match(await client`select count(*)::int from partner_answers where not kept`, [{ count: 1 }])
  }
})

t.test('no oracle in returns: words that never were, were deleted or were too many open the same nothing', async t => {
  const { answer, request, client } = await openInvited(t)
  const open = async (words: string) => {
    let answered: Awaited<ReturnType<typeof request>> | undefined
    const statements = await statementsOf(client, async () => {
      answered = await request('POST', '/api/returns', { words })
    })
    return answered && { ...told(answered), statements }
  }
  const said = []
  for (let count = 0; count < 11; count += 1) said.push((await answer(answers.question)).json().returnWords)
  const { accessToken } = (await request('POST', '/api/returns', { words: said[0] })).json()
  await request('DELETE', '/api/returns/current', undefined, accessToken)
  await open('never once said such words')
  const never = await open('abacus abdomen abide ablaze able')
  t.match(never, { statusCode: 422 })
  for (const words of [said[0], said[10], 'x', '']) t.strictSame(await open(words), never)
})
