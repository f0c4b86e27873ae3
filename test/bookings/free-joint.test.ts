import t, { type Test } from 'tap'
import { makeFree, needApprovalOf, tokenIn } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'

const other = 'sam@example.com'

/** A free time for two that somebody asked for, with an address that they only typed. */
async function asked(t: Test) {
  const house = await open(t)
  await makeFree(house, 'couples')
  const { request, work, mails, signInPerson } = house
  const answer = await house.book({ together: true })
  const booked = answer.json()
  await work()
  const code = /\b(\d{8})\b/.exec(mails.find(({ to }) => to === someone.email)?.text ?? '')?.[1] ?? ''
  const path = `/api/bookings/${booked.id}`
  return {
    ...house,
    booked,
    code,
    give: (digits = code) => request('POST', `${path}/confirmation`, { code: digits }, booked.token),
    accept: async () =>
      request('POST', `${path}/acceptance`, { answer: 'accept', link: booked.partnerLink }, await signInPerson(other)),
    read: async () => (await request('GET', path, undefined, booked.token)).json()
  }
}

t.test(
  'a free time of two waits for the code as well: nobody is written to before but whoever proves the address',
  async t => {
    const { booked, mails, give, accept, read, work } = await asked(t)
    t.match(booked, { state: 'requested', awaitsCode: true, dues: [], payment: null, partnerLink: /./ })
    t.match(
      mails.map(({ to, subject }) => [to, subject]),
      [[someone.email, 'Your code']]
    )
    mails.splice(0)
    const given = await give()
    t.match(given.json(), { state: 'requested' }, given.body)
    t.notOk('awaitsCode' in given.json())
    await work()
    t.match(
      mails.map(({ to, text }) => `${to}: ${text}`),
      [/^jo@example\.com: Hello, thank you\. We are keeping Tue 9 Feb/]
    )
    t.equal((await give()).statusCode, 409, 'given once')
    t.equal((await accept()).statusCode, 200)
    t.match(await read(), { state: 'confirmed' })
  }
)

t.test('the other’s yes alone confirms nothing: the code is the last yes where it comes last', async t => {
  const { accept, give, read, mails, work } = await asked(t)
  t.equal((await accept()).statusCode, 200)
  t.match(await read(), { state: 'requested', awaitsCode: true })
  mails.splice(0)
  t.match((await give()).json(), { state: 'confirmed' })
  await work()
  t.same(mails.map(({ to }) => to).sort(), ['jessica@example.com', someone.email, other])
})

t.test(
  'without the code it lapses after ten minutes, and the address that was typed is written to no more',
  async t => {
    const { clock, minute, mails, read, give, booked, request, book } = await asked(t)
    mails.splice(0)
    clock.move({ minutes: 10 })
    t.equal((await give()).statusCode, 409, 'also before the minute’s job came by')
    await minute()
    t.match(await read(), { state: 'expired' })
    t.same(mails, [])
    t.match((await request('GET', `/api/partner-links/${tokenIn(booked.partnerLink)}`)).json(), { open: false })
    t.equal((await book({ together: true })).statusCode, 201, 'the time is free')
  }
)

t.test('the other’s no before the code is told to nobody either', async t => {
  const { request, booked, mails, work, read } = await asked(t)
  mails.splice(0)
  await request('POST', `/api/partner-links/${tokenIn(booked.partnerLink)}/answers`, { answer: 'decline' })
  await work()
  t.match(await read(), { state: 'declined' })
  t.same(mails, [])
})

t.test('a free time that the practice approves waits for the code too, and its page asks for it', async t => {
  const house = await open(t)
  await needApprovalOf(house, 'consultation')
  const { request, client, app, mails, work, signIn } = house
  const booked = (await house.book({ sessionType: 'consultation' })).json()
  const page = await app.inject({
    url: `/b/${booked.id}`,
    headers: { host: 'localhost:3000' },
    cookies: { [`b-${booked.id}`]: booked.token }
  })
  t.match(page.body, 'The eight digits from the mail')
  await work()
  t.same(
    mails.map(({ to }) => to),
    [someone.email],
    'the therapist is not asked before'
  )
  const path = `/api/bookings/${booked.id}/approval`
  const approved = await request('POST', path, { approved: true }, await signIn())
  t.match(approved.json(), { state: 'requested', yeses: [{ by: 'practice', answer: 'accept' }] })
  t.equal(approved.json().yeses.length, 1, 'staff read the yeses of others')
  const code = /\b(\d{8})\b/.exec(mails[0]?.text ?? '')?.[1]
  const given = await request('POST', `/api/bookings/${booked.id}/confirmation`, { code }, booked.token)
  t.match(given.json(), { state: 'confirmed' })
  t.equal((await client`select 1 from attempts`).length, 0)
})
