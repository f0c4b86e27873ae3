import t, { type Test } from 'tap'
import { concerns } from '../../db/schema/partners.ts'
import { concernWords, invitationTexts, secretsWords, textNames } from '../../src/clients/partner-texts.ts'
import { jointWords } from '../../src/notices/joint-words.ts'
import { partnerWords } from '../../src/notices/partner-words.ts'
import { togetherWords } from '../../src/notices/together-words.ts'
import { openCalls } from '../support/calls.ts'
import { agree, openTwoYeses } from '../support/couple.ts'
import { open } from '../support/open.ts'
import { openInvited } from '../support/partners.ts'
import { entriesIn, gradeOf, pressing, textsOf } from '../support/reading.ts'
import { visitor } from '../web/visitor.ts'

const mostWords = 90
const hardest = 8

t.test('every text to somebody who hesitates is short and plain, and presses nobody', async t => {
  const { scope } = await open(t)
  const link = 'https://time.example.com/p/x'
  const texts: Record<string, string> = {
    ...Object.fromEntries(textNames.map(name => [`invitation: ${name}`, invitationTexts[name](link)])),
    ...Object.fromEntries(Object.entries(secretsWords).map(([name, text]) => [`secrets: ${name}`, text])),
    ...Object.fromEntries(concerns.map(key => [`concern: ${key}`, concernWords[key].answer(scope.practice)])),
    ...Object.fromEntries(Object.entries(partnerWords).map(([name, { paragraphs }]) => [name, paragraphs.join(' ')]))
  }
  t.equal(Object.keys(texts).length, 3 + 3 + 9 + 2)
  for (const [name, text] of Object.entries(texts)) {
    t.notMatch(text, pressing, name)
    const own = name === 'concern: not_free' ? text.replace(scope.practice.policies.emergency, '') : text
    t.ok(own.split(/\s+/).length <= mostWords, `${name}: ${own.split(/\s+/).length} words`)
    t.ok(gradeOf(own) <= hardest, `${name}: grade ${gradeOf(own).toFixed(1)}`)
  }
})

t.test('every page that somebody reads who hesitates is short and plain, and presses nobody', async t => {
  const { app, token } = await openInvited(t)
  const partner = visitor(app)
  const answered = async (form: Record<string, string>) => (await partner.post(`/p/${token}/answers`, form)).body
  const pages: Record<string, string> = {
    '/p/:token': (await partner.get(`/p/${token}`)).body,
    preview: await answered({ kind: 'concern', concern: 'cost', words: 'x', audience: 'inviter' }),
    concern: await answered({ kind: 'concern', concern: 'cost' }),
    'not free': await answered({ kind: 'concern', concern: 'not_free' }),
    question: await answered({ kind: 'question', words: 'x' }),
    'not now': await answered({ kind: 'not_now' }),
    'no contact': await answered({ kind: 'no_contact' }),
    'not right': await answered({ kind: 'question' })
  }
  for (const address of [
    '/p',
    '/p/alone',
    '/p/forms',
    '/how-we-write',
    '/alone',
    '/not-sure',
    '/page-to-share',
    '/contact',
    '/r'
  ])
    pages[address] = (await partner.get(address)).body
  const { body } = await partner.post(`/p/${token}/answers`, { kind: 'concern', concern: 'time', words: 'x' })
  await partner.post('/r', { words: /class="words"[^>]*>([a-z -]+)</.exec(body)?.[1] ?? '' })
  pages.thread = (await partner.get('/r/thread')).body
  let looked = 0
  for (const [name, html] of Object.entries(pages)) {
    const texts = isPlain(t, name, html)
    t.ok(texts.length > 5, `${name}: ${texts.length} texts`)
    looked += texts.length
    t.same(
      texts.filter(text => text.split(' ').length > 12 && gradeOf(text) > 12),
      [],
      `${name}: no paragraph is much harder than its page`
    )
  }
  t.ok(looked > 200, `${looked} texts`)
})

t.test('a suggested time, and beginning together, are told in words as short and plain, and press nobody', async t => {
  const { app, book } = await open(t)
  const { partnerLink } = (await book({ together: true })).json()
  const address = new URL(String(partnerLink)).pathname
  const partner = visitor(app)
  const pages: Record<string, string> = {
    asked: (await partner.get(address)).body,
    'before a yes': (await partner.get(`${address}/acceptance`)).body,
    'code on its way': (
      await partner.post(`${address}/codes`, { name: 'Sam', email: 'sam@example.com', mailbox: 'own' })
    ).body,
    'after a no': (await partner.post(`${address}/answers`, { answer: 'decline' })).body,
    over: (await partner.get(address)).body
  }
  const house = await openTwoYeses(t)
  const person = visitor(house.app)
  person.cookies.set('person', await house.signInPerson('third@example.com'))
  pages['one’s own yes'] = (await person.get('/me/start')).body
  person.cookies.set('person', house.sam)
  pages.noted = (await person.get('/me/start')).body
  const yeses = house.yeses.map(({ id }: { id: string }) => id)
  await house.request('POST', '/api/beginnings', { approved: true, yeses, spokenWithEach: true }, house.therapist)
  pages.question = (await person.get('/me/start')).body
  t.match(pages.question, 'decide for yourself')
  for (const token of [house.jo, house.sam]) await agree(house, token)
  pages.begun = (await person.get('/me/start')).body
  const [, leaving = ''] = /href="(\/me\/leaving\/[^"]+)"/.exec(pages.begun) ?? []
  pages.leaving = (await person.get(leaving)).body
  for (const [name, html] of Object.entries(pages)) isPlain(t, name, html)
  const mails = { ...jointWords, ...togetherWords }
  for (const [name, { paragraphs }] of Object.entries(mails)) {
    const text = paragraphs.join(' ')
    t.notMatch(text, pressing, name)
    t.ok(
      text.split(/\s+/).length <= mostWords && gradeOf(text) <= hardest,
      `${name}: grade ${gradeOf(text).toFixed(1)}`
    )
  }
})

t.test('the call is told in the same plain words', async t => {
  const { confirmed, times, page, sent } = await (await openCalls(t)).call()
  for (const [name, { body }] of Object.entries({ times, page, sent, confirmed })) isPlain(t, name, body)
  t.match(confirmed.body, 'Your call is confirmed')
})

t.test('“my partner is not sure yet” leads to no joint time, and help comes before any page to share', async t => {
  const { app } = await open(t)
  const browser = visitor(app)
  const { body } = await browser.get('/not-sure')
  const order = [
    'Begin with yourself',
    'Ask, do not persuade',
    'Think of another form',
    'would it be all right at home',
    'Get a page to share'
  ]
  const places = order.map(words => body.indexOf(words))
  t.ok(places.every(place => place > 0))
  t.same(
    places,
    places.toSorted((a, b) => a - b)
  )
  const seen = new Set<string>()
  const linksOf = (html: string) =>
    [...(/<main[^>]*>([\s\S]*)<\/main>/.exec(html)?.[1]?.matchAll(/href="(\/[^"#]*)/g) ?? [])].map(
      ([, href = '']) => href
    )
  const follow = async (address: string): Promise<void> => {
    if (seen.has(address)) return
    seen.add(address)
    t.notMatch(address, /couples|weekly|intensive|retreat|programme|assessment|^\/together/, address)
    if (!/^\/(not-sure|forms|page-to-share|contact|alone|p(\/(forms|alone))?)$/.test(address)) return
    const page = await browser.get(address)
    t.equal(page.statusCode, 200, address)
    for (const href of linksOf(page.body)) await follow(href)
  }
  await follow('/not-sure')
  t.ok(seen.size >= 8, [...seen].join(' '))
})

t.test('what is mailed to a partner says neither who, nor what, nor that it is about two', async t => {
  for (const { subject, paragraphs } of Object.values(partnerWords))
    t.notMatch([subject, ...paragraphs].join(' '), /couple|partner|therap|session|concern|question/i)
})

/** Every text of a page is short and presses nobody, and all of them together are plain. */
function isPlain(t: Test, name: string, html: string): string[] {
  const texts = textsOf(html)
  t.ok(texts.length > 1, `${name}: ${texts.length} texts`)
  t.same(entriesIn(html), [], `${name} is one entry in the history, with a way out`)
  t.same(
    texts.filter(text => pressing.test(text) || text.split(' ').length > mostWords),
    [],
    name
  )
  const grade = gradeOf(texts.map(text => (/[.?:]$/.test(text) ? text : `${text}.`)).join(' '))
  t.ok(grade <= hardest, `${name}: grade ${grade.toFixed(1)}`)
  return texts
}
