import t from 'tap'
import { concerns } from '../../db/schema/partners.ts'
import { concernWords, invitationTexts, secretsWords, textNames } from '../../src/clients/partner-texts.ts'
import { partnerWords } from '../../src/notices/partner-words.ts'
import { open } from '../support/open.ts'

/** words.md, "Checks on words". */
const pressing =
  /\b(must|need to|should|fix|broken|last chance|only \w+ left|before it is too late|everyone|your fault|convince|win over)\b|!/i
const mostWords = 90

t.test('every text to somebody who hesitates is short and presses nobody', async t => {
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
    for (const sentence of own.split(/[.;:?]\s/)) t.ok(sentence.split(/\s+/).length <= 28, `${name}: “${sentence}”`)
  }
})

t.test('what is mailed to a partner says neither who, nor what, nor that it is about two', async t => {
  for (const { subject, paragraphs } of Object.values(partnerWords))
    t.notMatch([subject, ...paragraphs].join(' '), /couple|partner|therap|session|concern|question/i)
})
