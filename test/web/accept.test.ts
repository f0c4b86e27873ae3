import type { Test } from 'tap'
import t from 'tap'
import { suggested, tokenIn } from '../support/joint.ts'
import { open, someone } from '../support/open.ts'
import { visitor } from './visitor.ts'

const pin = '824917'
const second = 'sam@example.com'

/** A suggested time, and the browser of whoever was given its page. */
async function openSuggestion(t: Test) {
  const house = await open(t)
  const time = await suggested(house)
  const page = `/a/${tokenIn(time.link)}`
  const partner = visitor(house.app)
  /** Asks for the code that is mailed. @returns what the next form carries, with the code of the mail */
  const ask = async (form: { email?: string; mailbox?: string }, from = partner) => {
    const asked = await from.post(`${page}/codes`, { name: 'Sam', email: second, mailbox: 'own', ...form })
    await house.work()
    const mail = house.mails.findLast(({ to }) => to === (form.email ?? second))
    const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0] ?? ''
    const request = /name="request" value="([^"]+)"/.exec(asked.body)?.[1] ?? ''
    return { asked, typed: { request, code, name: 'Sam', mailbox: form.mailbox ?? 'own' } }
  }
  const steps = async () => (await house.client`select kind from second_steps`).length
  return { ...house, time, page, partner, ask, steps }
}

t.test('a yes by the link is given with an own address, in the browser that asked for the code', async t => {
  const { page, partner, ask, time, app } = await openSuggestion(t)
  const { typed } = await ask({})
  const elsewhere = await visitor(app).post(`${page}/acceptance`, typed)
  t.match(elsewhere, { statusCode: 422, body: /That code does not work any more/ })
  t.match(await time.answer(), { answer: null })
  t.match(await partner.post(`${page}/acceptance`, typed), { statusCode: 303, headers: { location: `/b/${time.id}` } })
  t.match(await time.answer(), { answer: 'accept' })
})

t.test('who else reads the mailbox is asked before the code, and nothing that was typed is lost', async t => {
  const { ask, mails } = await openSuggestion(t)
  const { asked } = await ask({ mailbox: '' })
  t.match(asked, { statusCode: 422, body: /Say whether only you read this mailbox/ })
  t.match(asked.body, `value="${second}"`)
  t.notOk(mails.some(({ to }) => to === second))
})

t.test('whoever shares a mailbox says yes with a PIN of their own, and is written to without a link', async t => {
  const { page, partner, ask, time, work, mails, app, client } = await openSuggestion(t)
  const { asked, typed } = await ask({ mailbox: 'shared' })
  t.match(asked.body, 'A PIN of your own')
  const easy = await partner.post(`${page}/acceptance`, { ...typed, pin: '123456' })
  t.match(easy, { statusCode: 422, body: /A PIN of your own/ })
  t.match(await partner.post(`${page}/acceptance`, { ...typed, pin }), { statusCode: 303 }, 'the code was not spent')
  t.match(await time.answer(), { answer: 'accept' })
  t.match(await partner.get('/me'), { statusCode: 200 }, 'this browser goes on')
  t.match(await client`select shared_mailbox from contact_points where shared_mailbox`, [{ shared_mailbox: true }])
  mails.length = 0
  const other = visitor(app)
  const { headers } = await other.post('/sign-in', { email: second })
  await work()
  const mail = mails.findLast(({ to, subject }) => to === second && subject === 'Your code')
  t.notMatch(mail?.text, /http\S*\/s\//)
  const code = /\b\d{8}\b/.exec(mail?.text ?? '')?.[0] ?? ''
  t.match(await other.post(String(headers.location), { code }), { headers: { location: '/me/second-step' } })
})

t.test('whoever reads the first one’s mailbox says no yes by it, and chooses no PIN for it', async t => {
  const { page, partner, ask, time, steps } = await openSuggestion(t)
  const { typed } = await ask({ email: someone.email, mailbox: 'shared' })
  const refused = await partner.post(`${page}/acceptance`, { ...typed, pin })
  t.match(refused, { statusCode: 422, body: /Each of you says yes with an address of their own/ })
  t.match(await time.answer(), { answer: null })
  t.equal(await steps(), 0)
})

t.test('whoever has a second step is led to it, and says yes with it', async t => {
  const { page, partner, ask, time, signInPerson, request } = await openSuggestion(t)
  await request('PUT', '/api/me/pin', { pin }, await signInPerson(second))
  const { typed } = await ask({})
  const led = await partner.post(`${page}/acceptance`, typed)
  t.match(led, { statusCode: 303, headers: { location: `${page}/acceptance` } })
  t.match((await partner.get(`${page}/acceptance`)).body, 'href="/me/second-step"')
  t.match(await time.answer(), { answer: null })
  await partner.post('/me/second-step', { pin })
  t.match((await partner.get(`${page}/acceptance`)).body, 'Yes, this time suits me')
  t.match(await partner.post(`${page}/acceptance`), { statusCode: 303, headers: { location: `/b/${time.id}` } })
  t.match(await time.answer(), { answer: 'accept' })
})
