import t from 'tap'
import { isForPartner } from '../../src/notices/partner-words.ts'
import { isForSignIn } from '../../src/notices/person-words.ts'
import { isForProposal } from '../../src/notices/proposal-words.ts'
import { render } from '../../src/notices/render.ts'
import type { Facts, Template } from '../../src/notices/template.ts'
import { isForStaff, isTemplate, type TemplateName, templates } from '../../src/notices/templates.ts'
import { isAboutTogether } from '../../src/notices/together-words.ts'

const link = `https://post.example/b/${'A'.repeat(43)}`
const facts: Facts = {
  day: 'Tue 14 May',
  time: '10:00–11:20',
  start: '10:00',
  zone: 'New York time',
  link,
  until: 'Sun 12 May, 10:00',
  entry: 'Your calendar entry',
  stale: 'An entry in your calendar',
  file: `${link}#calendar`,
  deadline: 'Thu 9 May, 17:00',
  within: 'two working days',
  others: 'Tue 21 May, 10:00–11:20',
  old: 'Mon 13 May, 09:00',
  instead: ', instead of Mon 13 May, 09:00',
  code: '48151623',
  reference: 'A1B2C3',
  console: 'https://post.example/console',
  what: ''
}
/** Of who takes invitations by mail, or nothing at all: no file, and nothing that stays behind. */
const { stale: _stale, file: _file, ...usual } = facts
const office = { office: 'TIR Office', about: 'https://post.example/how-we-write' }
const names = Object.keys(templates).filter(isTemplate)
/** Rendered with more than it declares, as a program without types would do. */
const rendered = (template: Template, facts: Partial<Facts>) => render<Template>(template, facts, office)
const written = (name: TemplateName, changes: Partial<Facts> = {}) =>
  rendered(templates[name], { ...facts, ...changes })

/** What a reader reads: the HTML without its tags. */
const read = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim()

const forbidden =
  /\b(must|need to|should|fix|broken|last chance|only .* left|before it is too late|everyone|your fault|convince|win over|therapy|therapist|couples?|retreat|session|intensive|programme|partner|consultation)\b|!/i

t.test('every mail is short and plain, and tells nothing', async t => {
  for (const name of names) {
    const { subject, text, html } = written(name)
    const words = text.split(/\s+/).filter(Boolean)
    t.ok(words.length <= 90, `${name}: ${words.length} words`)
    t.notMatch(`${subject}\n${text}`, forbidden, name)
    t.notMatch(`${subject}${text}`, /\{|\}|undefined/, `${name}: every placeholder is filled`)
    t.equal(read(html), text.replace(/\s+/g, ' ').trim(), `${name}: text and HTML say the same`)
    t.ok(text.startsWith('Hello, '), `${name}: greets`)
    t.ok(text.endsWith('\n\nTIR Office · How we write to you: https://post.example/how-we-write\n'), `${name}: foot`)
    for (const sentence of text.split(/[.:]\s/)) t.ok(sentence.split(/\s+/).length <= 25, `${name}: "${sentence}"`)
  }
})

t.test('a mail asks for nothing from outside', async t => {
  for (const name of names) {
    const { html } = written(name)
    t.notMatch(html, /<img|<script|<link|<style|src=|url\(|@import|<title/i, name)
    for (const [, address = ''] of html.matchAll(/(https?:[^"<]+)/g))
      t.ok(address.startsWith('https://post.example/'), address)
  }
})

t.test('the code is neither in the subject nor in the first 140 characters', async t => {
  const { subject, text, html } = written('code')
  t.notMatch(subject, facts.code)
  t.ok(text.indexOf(facts.code) > 140)
  t.ok(read(html).indexOf(facts.code) > 140)
})

t.test('no address with a token stands in the first 140 characters of what a phone shows', async t => {
  for (const name of names.filter(name => written(name).text.includes(link) && !isForPartner(name)))
    t.ok(read(written(name).html).indexOf('http') > 60, name)
  for (const name of ['confirmed', 'requested', 'declined', 'cancelled', 'refunded', 'refunded-own', 'moved'] as const)
    t.notMatch(read(written(name).html).slice(0, 90), 'http', name)
})

t.test('where somebody else reads the mailbox, one sentence names a time and nothing opens anything', async t => {
  const clients = names.filter(
    name =>
      !isForStaff(name) &&
      !isForPartner(name) &&
      !isForSignIn(name) &&
      // Their address is the same for everybody, and opens nothing without a sign-in.
      !isAboutTogether(name) &&
      // It is about no time yet; test/bookings/private-proposal.test.ts holds it to opening nothing.
      !isForProposal(name) &&
      name !== 'code'
  )
  t.ok(clients.length >= 18)
  for (const name of clients) {
    const { subject, bare }: Template = templates[name]
    if (bare === undefined) throw new Error(`${name} has no bare words`)
    const { link: _, what: __, code: ___, console: ____, reference: _____, ...rest } = facts
    const { text } = rendered({ facts: [], subject, paragraphs: [bare] }, rest)
    t.ok(text.includes(facts.day) && text.includes(facts.time), `${name}: says when`)
    t.notMatch(text, forbidden, name)
    t.notMatch(text.replace(office.about, ''), /http|pay|fee|charge|refund|sum|calendar|cancel/i, `${name}: no more`)
    t.ok(text.split(/\s+/).length < 45, name)
  }
})

t.test('the other of two hears neither who cancelled nor why', async t => {
  const { text } = rendered(templates['cancelled-other'], usual)
  t.notMatch(text, /\b(asked|you cancelled|reason|because|sorry|they|he|she)\b/i)
  t.match(
    text,
    /^Hello, the appointment on Tue 14 May at 10:00–11:20 will not take place\. There is nothing for you to do\.\n\nIf a fee concerns you, we write to you within two working days\.\n\nAnother time: https/
  )
  t.match(
    rendered(templates['cancelled-own'], usual).text,
    /is cancelled, as you asked\.\n\nWhat this means for your payment: https/
  )
})

t.test('the sentence on the calendar is left out where no entry comes with the mail', async t => {
  t.match(written('moved').text, 'Your calendar entry changes with this mail.')
  t.match(written('moved').text, 'An entry in your calendar keeps the old time until you change it.')
  t.match(written('moved').text, `A file for your calendar: ${facts.file}`)
  const { entry: _, ...rest } = usual
  t.notMatch(rendered(templates.moved, rest).text, /calendar|undefined/)
})

t.test('the sentence on free changes is left out where none is left', async t => {
  const { until, ...rest } = facts
  t.match(written('confirmed').text, `You can change or cancel it free of charge until ${until}.`)
  const { text, html } = rendered(templates.confirmed, rest)
  t.notMatch(text + html, /free of charge|undefined/)
})

t.test('a fact that is asked for and not known stops the mail', async t => {
  const { link: _, ...rest } = facts
  t.throws(() => rendered(templates.confirmed, rest), TypeError)
})

t.test('the confirmation is word for word the practice’s', async t => {
  const { subject, text } = rendered(templates.confirmed, usual)
  t.equal(subject, 'Your appointment on Tue 14 May')
  t.equal(
    text.replace(/\s+/g, ' ').trim(),
    `Hello, your appointment is confirmed: Tue 14 May, 10:00–11:20 (New York time). Where, and everything else: ${link} You can change or cancel it free of charge until Sun 12 May, 10:00. TIR Office · How we write to you: https://post.example/how-we-write`
  )
  t.match(
    written('confirmed', { what: ', couples session with Jessica at The Practice' }).text,
    '(New York time), couples session with Jessica at The Practice.'
  )
  t.match(
    written('requested', { what: ', couples session with Jessica at The Practice' }).text,
    '(New York time), couples session with Jessica at The Practice, for you.'
  )
})

t.test('whatever a fact holds, it stays text', async t => {
  const { html } = written('confirmed', { what: ', <b>&"x"</b><script>1</script>' })
  t.notMatch(html, /<b>|<script/)
  t.match(html, '&lt;b>&amp;')
})
