import type { Test } from 'tap'
import t from 'tap'
import { staffPassword } from '../support/database.ts'
import { open } from '../support/open.ts'
import { answers, tokenOf } from '../support/partners.ts'
import { titleOf, typed, visitor } from './visitor.ts'

/** A browser that has booked for itself and made a page to share, and another one that got its link. */
async function invited(t: Test) {
  const house = await open(t)
  const browser = visitor(house.app)
  const slot = '2027-02-09T15:00:00Z jessica office'
  const choice = await browser.post('/b', { type: 'individual', slot, zone: 'America/New_York' })
  const paying = await browser.post(String(choice.headers.location), typed)
  const checkout = String(paying.headers.location).split('/').at(-1) ?? ''
  house.gateway.pay(checkout)
  const own = String((await browser.get(`/x/${checkout.replace('cs_', '')}`)).headers.location)
  await browser.post(`${own}/share`)
  const shared = await browser.get(`${own}/share`)
  const url = /<code[^>]*>(http[^<]+\/p\/[\w-]{43})<\/code>/.exec(shared.body)?.[1] ?? ''
  return { ...house, browser, own, shared, token: tokenOf(url), partner: visitor(house.app) }
}

const wordsIn = (body: string) => /class="words"[^>]*>([a-z -]+)</.exec(body)?.[1]?.trim() ?? ''

t.test('who booked makes a page to share, in three texts with its link, and nothing is mailed', async t => {
  const { browser, own, shared, token, work, mails } = await invited(t)
  t.match((await browser.get(own)).body, `href="${own}/share"`)
  t.equal(titleOf(shared), 'Appointment')
  t.equal(shared.body.split('<textarea').length - 1, 3)
  t.equal(shared.body.split(`/p/${token}`).length - 1 >= 4, true)
  await work()
  t.notMatch(JSON.stringify(mails), token)
})

t.test('the partner’s page names nobody, gives no cookie, and is the same before and after each answer', async t => {
  const { partner, token, browser, own } = await invited(t)
  const look = async () => {
    const { statusCode, body, headers } = await partner.get(`/p/${token}`)
    const { date: _, ...rest } = headers
    return JSON.stringify({ statusCode, body, rest })
  }
  const first = await partner.get(`/p/${token}`)
  t.equal(titleOf(first), 'A private page')
  t.same(first.cookies, [])
  t.match(first.headers, { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': /noindex/ })
  t.notMatch(first.body, /og:|Jo Delgado|jo@example|Jessica/)
  const [before, sharedBefore] = [await look(), (await browser.get(`${own}/share`)).body]
  for (const [name, given] of Object.entries(answers)) {
    const form = Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === 'string'))
    const times: Record<string, string> = 'windows' in given ? { from: '2027-02-20T10:00', to: '2027-02-20T12:00' } : {}
    const sent = await partner.post(`/p/${token}/answers`, { ...form, ...times, sure: 'yes' })
    t.equal(sent.statusCode, 201, name)
    t.match(wordsIn(sent.body), /^[a-z-]+( [a-z-]+){4}$/, name)
    t.same(sent.cookies, [])
    t.equal(await look(), before, `after ${name}`)
    if (name !== 'a concern shared' && name !== 'question' && name !== 'a concern kept') continue
    const now = (await browser.get(`${own}/share`)).body
    t.equal(now.includes('MARKED'), name === 'a concern shared', `what who invited sees after ${name}`)
    if (name !== 'a concern shared') t.equal(withoutTokens(now), withoutTokens(sharedBefore))
  }
})

const withoutTokens = (body: string) =>
  body.replace(/name="_form" value="[^"]*"/g, '').replace(/value="[\w.-]{20,}"/g, '')

t.test('what would be shared is shown first, and “keep it between us” keeps it', async t => {
  const { partner, token, browser, own, client } = await invited(t)
  const form = { kind: 'concern', concern: 'cost', words: 'It is <b>MARKED</b> much', audience: 'inviter' }
  const preview = await partner.post(`/p/${token}/answers`, form)
  t.match(preview.body, 'This is exactly what will be shown')
  t.match(preview.body, 'It is &lt;b>MARKED&lt;/b> much')
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 0 }])
  const kept = await partner.post(`/p/${token}/answers`, { ...form, audience: 'therapist', sure: 'yes' })
  t.match(kept.body, 'You see every price before you agree')
  t.notMatch((await browser.get(`${own}/share`)).body, 'MARKED')
})

t.test(
  'whoever would not feel free is promised no mail, for there will be none, and is asked for no address',
  async t => {
    const { partner, token } = await invited(t)
    const address = 'reader@example.com'
    const said = await partner.post(`/p/${token}/answers`, { kind: 'concern', concern: 'not_free', address })
    await partner.post('/r', { words: wordsIn(said.body) })
    for (const { body } of [said, await partner.get('/r/thread')]) {
      t.match(body, 'we send no mail about it')
      t.notMatch(body, /name="address"|We tell the address|we tell this address/)
    }
  }
)

t.test('five words open the thread, where more is said, shown, and deleted', async t => {
  const { app, partner, token, client } = await invited(t)
  const sent = await partner.post(`/p/${token}/answers`, { kind: 'concern', concern: 'blame', words: 'MARKED' })
  const words = wordsIn(sent.body)
  const later = visitor(app)
  t.match(await later.get('/r/thread'), { statusCode: 303, headers: { location: '/r' } })
  t.match(await later.post('/r', { words: 'not these words' }), { statusCode: 422 })
  t.match(await later.post('/r', { words }), { statusCode: 303, headers: { location: '/r/thread' } })
  t.match((await later.get('/r/thread')).body, 'MARKED')
  await later.post('/r/thread/messages', { words: 'And more' })
  const preview = await later.post('/r/thread/audience', { audience: 'inviter' })
  t.match(preview.body, 'This is exactly what will be shown')
  t.match(await client`select audience from partner_answers`, [{ audience: 'therapist' }], 'nothing is shown yet')
  await later.post('/r/thread/audience', { audience: 'inviter', sure: 'yes' })
  const thread = await later.get('/r/thread')
  t.equal(titleOf(thread), 'A private page')
  t.match(thread.body, 'And more')
  t.match(thread.body, 'Keep it between us again')
  t.match((await later.post('/r/thread/removal')).body, 'Deleted')
  t.match(await later.get('/r/thread'), { statusCode: 303 })
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 0 }])
})

t.test('the therapist reads and answers in the inbox; the assistant sees neither it nor a way to it', async t => {
  const { app, partner, token, client } = await invited(t)
  const sent = await partner.post(`/p/${token}/answers`, { kind: 'question', words: 'MARKED-QUESTION' })
  const staff = visitor(app)
  await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const inbox = await staff.get('/console/inbox')
  t.match(inbox.body, 'MARKED-QUESTION')
  t.match(inbox.body, 'by link, not verified')
  const [, action = ''] = /action="(\/console\/inbox\/[0-9a-f-]+\/replies)"/.exec(inbox.body) ?? []
  t.match(await staff.post(action, { words: 'MARKED-REPLY' }), { statusCode: 303 })
  await partner.post('/r', { words: wordsIn(sent.body) })
  t.match((await partner.get('/r/thread')).body, 'MARKED-REPLY')
  await client`update staff set roles = array['assistant']`
  t.equal((await staff.get('/console/inbox')).statusCode, 403)
  t.notMatch((await staff.get('/console')).body, '/console/inbox')
})

t.test('a link that was taken back or replaced opens nothing, for the page and for an answer alike', async t => {
  const { browser, own, partner, token } = await invited(t)
  await browser.post(`${own}/share/replacement`)
  t.equal((await partner.get(`/p/${token}`)).statusCode, 404)
  t.equal((await partner.post(`/p/${token}/answers`, { kind: 'not_now' })).statusCode, 404)
  const shared = await browser.get(`${own}/share`)
  t.notMatch(shared.body, 'Replace it')
  const [, removal = ''] = /action="([^"]+\/removal)"/.exec(shared.body) ?? []
  await browser.post(removal)
  t.match((await browser.get(`${own}/share`)).body, /can be made from/)
})

t.test('what is not right is said in sentences, and nothing is kept', async t => {
  const { partner, token, client } = await invited(t)
  for (const [form, sentence] of [
    [{ kind: 'question', words: ' ' }, 'Write what you would like to ask'],
    [{ kind: 'concern' }, 'Say which concern it is'],
    [{ kind: 'times', from: '2027-02-20T10:00', to: '' }, 'Give each stretch of time a start and an end'],
    [{ kind: 'not_now', noteOn: '2027-03-01', address: '' }, 'give both'],
    [{ kind: 'concern', concern: 'time', address: 'nobody' }, 'Give an e-mail address']
  ] as const) {
    const refused = await partner.post(`/p/${token}/answers`, form)
    t.equal(refused.statusCode, 422, sentence)
    t.match(refused.body, sentence)
  }
  t.match(await client`select count(*)::int from partner_answers`, [{ count: 0 }])
})

t.test('what is too long is refused where it was typed, and nothing of it is lost', async t => {
  const { app, partner, token, client } = await invited(t)
  const long = `MARKED ${'x'.repeat(1000)}`
  const refused = await partner.post(`/p/${token}/answers`, { kind: 'question', words: long })
  t.match(refused, { statusCode: 422 })
  t.match(refused.body, long)
  const words = wordsIn((await partner.post(`/p/${token}/answers`, { kind: 'question', words: 'Hello' })).body)
  await partner.post('/r', { words })
  const more = await partner.post('/r/thread/messages', { words: long })
  t.equal(more.statusCode, 422)
  t.match(more.body, `${long}</textarea>`)
  t.match(more.body, 'Write at most 1,000 characters')
  const staff = visitor(app)
  await staff.post('/console/sign-in', { email: 'jessica@example.com', password: staffPassword })
  const [, action = ''] =
    /action="(\/console\/inbox\/[0-9a-f-]+\/replies)"/.exec((await staff.get('/console/inbox')).body) ?? []
  const reply = await staff.post(action, { words: long })
  t.equal(reply.statusCode, 422)
  t.match(reply.body, `${long}</textarea>`)
  t.match(await client`select count(*)::int from answer_messages`, [{ count: 0 }])
})

t.test('a no that nobody reads says so', async t => {
  const { partner, token } = await invited(t)
  const words = wordsIn((await partner.post(`/p/${token}/answers`, { kind: 'not_now' })).body)
  await partner.post('/r', { words })
  const thread = await partner.get('/r/thread')
  t.match(thread.body, 'Nothing more happens.')
  t.notMatch(thread.body, 'No reply yet')
})
