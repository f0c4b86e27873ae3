import t from 'tap'
import { needApprovalOf, tokenIn } from '../support/joint.ts'
import { aStart, open } from '../support/open.ts'

type House = Awaited<ReturnType<typeof open>>
const stateOf = async ({ client }: House, id: string) =>
  (await client<{ state: string }[]>`select state from bookings where id = ${id}`)[0]?.state
const texts = ({ mails }: House, to: string) => mails.filter(mail => mail.to === to).map(({ text }) => text)

t.test('who books together asks the other: the time is kept, nothing is charged, and a link is answered', async t => {
  const house = await open(t)
  const answer = await house.book({ together: true })
  const booked = answer.json()
  t.match(booked, { state: 'requested', holdUntil: null, payment: null }, answer.body)
  t.match(booked.partnerLink, /^http:\/\/localhost:3000\/a\/[\w-]{43}$/)
  t.equal(house.gateway.checkouts.size, 0)
  t.equal((await house.book()).statusCode, 409, 'the time is taken')
  t.match(await house.client`select by, deadline, answer from acceptances`, [
    { by: 'partner', deadline: '2027-02-04 12:00:00+00', answer: null }
  ])
  await house.work()
  t.match(texts(house, 'jo@example.com'), [/We are keeping Tue 9 Feb, .* You will hear from us by Thu 4 Feb, 07:00/])
  t.same(
    house.mails.map(({ to }) => to),
    ['jo@example.com'],
    'nobody else is written to: not the other, and not the therapist, who is not asked'
  )
  t.notMatch((await house.book({ start: '2027-02-10T15:00:00Z' })).json(), { partnerLink: /./ })
})

t.test('what is for one person cannot be asked of two', async t => {
  const { book } = await open(t)
  const refused = await book({ sessionType: 'individual', together: true })
  t.match(refused.json(), { status: 422, type: '/problems/invalid-input', errors: [{ pointer: '/together' }] })
})

t.test('the other has 72 hours, or until 24 hours before the start', async t => {
  const { book, client, clock } = await open(t)
  const deadlineOf = async (start: string) => {
    const { id } = (await book({ start, together: true })).json()
    return (await client`select deadline::text from acceptances where booking_id = ${id}`)[0]?.deadline
  }
  t.equal(await deadlineOf('2027-02-11T15:00:00Z'), '2027-02-04 12:00:00+00')
  clock.set('2027-02-07T12:00:00Z')
  t.equal(await deadlineOf(aStart), '2027-02-08 15:00:00+00')
})

t.test('without an answer it lapses: the time is free, nothing was charged, and nobody hears why', async t => {
  const house = await open(t)
  const { id, partnerLink } = (await house.book({ together: true })).json()
  house.clock.set('2027-02-04T11:59:00Z')
  await house.minute()
  t.equal(await stateOf(house, id), 'requested')
  house.mails.splice(0)
  house.clock.set('2027-02-04T12:00:00Z')
  const late = await house.request('POST', `/api/partner-links/${tokenIn(partnerLink)}/answers`, { answer: 'decline' })
  t.match(late.json(), { status: 409, type: '/problems/nothing-to-answer' }, 'also before the minute’s job came by')
  await house.minute()
  t.equal(await stateOf(house, id), 'expired')
  t.match(
    house.mails.map(({ to, text }) => `${to}: ${text}`),
    [/^jo@example\.com: Hello, the time on Tue 9 Feb at 10:00–11:20 was not confirmed and is free again\. Nothing was/]
  )
  t.equal((await house.book()).statusCode, 201, 'the time is free')
  t.equal(house.gateway.refunds.size, 0)
})

for (const answer of ['other_time', 'decline'])
  t.test(`“${answer}” by the link needs no sign-in, and whoever booked reads the words of a lapse`, async t => {
    const house = await open(t)
    const { id, token, partnerLink } = (await house.book({ together: true })).json()
    await house.work()
    house.mails.splice(0)
    const said = await house.request('POST', `/api/partner-links/${tokenIn(partnerLink)}/answers`, { answer })
    t.same(said.json(), { answer }, said.body)
    await house.work()
    t.match(
      house.mails.map(({ to, text }) => `${to}: ${text}`),
      [/^jo@example\.com: Hello, the time on Tue 9 Feb at 10:00–11:20 was not confirmed and is free again\./]
    )
    t.match((await house.request('GET', `/api/bookings/${id}`, undefined, token)).json(), { state: 'declined' })
    t.equal((await house.book()).statusCode, 201, 'the time is free')
    const again = await house.request('POST', `/api/partner-links/${tokenIn(partnerLink)}/answers`, { answer })
    t.match(again.json(), { status: 409, type: '/problems/nothing-to-answer' })
  })

t.test('who booked withdraws meanwhile: the link has nothing to answer any more', async t => {
  const house = await open(t)
  const { id, token, partnerLink } = (await house.book({ together: true })).json()
  const path = `/api/partner-links/${tokenIn(partnerLink)}`
  t.match((await house.request('GET', path)).json(), { booking: id, open: true, appointments: [{ start: aStart }] })
  await house.request('POST', `/api/bookings/${id}/release`, undefined, token)
  t.strictSame((await house.request('GET', path)).json(), {
    booking: id,
    appointments: [],
    zone: 'America/New_York',
    open: false
  })
  t.match((await house.request('POST', `${path}/answers`, { answer: 'decline' })).json(), { status: 409 })
  await house.work()
  t.same(
    house.mails.map(({ to }) => to),
    ['jo@example.com'],
    'the request’s own mail is true no longer, and no therapist hears of what they were never asked'
  )
  t.match(texts(house, 'jo@example.com'), [/is withdrawn, as you asked/])
})

t.test('a link that is not whole leads nowhere, and opens nothing else', async t => {
  const house = await open(t)
  const { id, partnerLink } = (await house.book({ together: true })).json()
  const token = tokenIn(partnerLink)
  for (const other of ['x', `${token.slice(0, 42)}${token.endsWith('A') ? 'B' : 'A'}`])
    t.equal((await house.request('GET', `/api/partner-links/${other}`)).statusCode, 404)
  t.equal((await house.request('GET', `/api/bookings/${id}`, undefined, token)).statusCode, 401, 'it is no token')
  t.equal((await house.request('POST', `/api/bookings/${id}/release`, undefined, token)).statusCode, 401)
})

t.test(
  'the practice’s approval runs beside it: staff are reminded at half time, once, while theirs is missing',
  async t => {
    const house = await open(t)
    await needApprovalOf(house, 'couples')
    const { id } = (await house.book({ together: true })).json()
    await house.work()
    t.match(await house.client`select by from acceptances order by by`, [{ by: 'partner' }, { by: 'practice' }])
    t.match(
      house.mails
        .splice(0)
        .map(({ to, subject }) => `${to}: ${subject}`)
        .sort(),
      ['jessica@example.com: An appointment to answer: Tue 9 Feb', 'jo@example.com: Your appointment on Tue 9 Feb']
    )
    house.clock.set('2027-02-02T12:00:00Z')
    for (const _ of ['once', 'again']) await house.minute()
    t.match(
      house.mails.splice(0).map(({ to, text }) => `${to}: ${text}`),
      [/^jessica@example\.com: .*waits for your answer\. Without it by Wed 3 Feb, 07:00/s]
    )
    const approved = await house.request(
      'POST',
      `/api/bookings/${id}/approval`,
      { approved: true },
      await house.signIn()
    )
    t.match(approved.json(), { state: 'requested' }, 'the other’s yes is still missing')
    const again = await house.request('POST', `/api/bookings/${id}/approval`, { approved: true }, await house.signIn())
    t.match(again.json(), { status: 409, type: '/problems/wrong-state' })
    await house.work()
    t.same(house.mails, [], 'nobody hears that one yes came')
  }
)

t.test('whichever yes lapses first ends it', async t => {
  const house = await open(t)
  await needApprovalOf(house, 'couples')
  const { id } = (await house.book({ together: true })).json()
  house.clock.set('2027-02-03T12:00:00Z')
  await house.minute()
  t.equal(await stateOf(house, id), 'expired', 'two working days are over before 72 hours')
})

t.test('staff who answered in time are not reminded', async t => {
  const house = await open(t)
  await needApprovalOf(house, 'couples')
  const { id } = (await house.book({ together: true })).json()
  await house.request('POST', `/api/bookings/${id}/approval`, { approved: true }, await house.signIn())
  await house.work()
  house.mails.splice(0)
  house.clock.set('2027-02-02T12:00:00Z')
  await house.minute()
  t.same(house.mails, [])
})

t.test('what does not wait for the practice cannot be approved', async t => {
  const house = await open(t)
  const { id } = (await house.book({ together: true })).json()
  const refused = await house.request('POST', `/api/bookings/${id}/approval`, { approved: true }, await house.signIn())
  t.match(refused.json(), { status: 409, type: '/problems/wrong-state' })
  t.equal(await stateOf(house, id), 'requested')
})
