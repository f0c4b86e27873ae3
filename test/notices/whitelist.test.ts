import t from 'tap'
import { readPerson } from '../../src/identity/people.ts'
import { factsOf } from '../../src/notices/facts.ts'
import { render, wordingFor } from '../../src/notices/render.ts'
import { findSubject } from '../../src/notices/subject.ts'
import { askedBy, type Template, tellable } from '../../src/notices/template.ts'
import { isTemplate, recipientOf, templates } from '../../src/notices/templates.ts'
import { openNotices } from '../support/notices.ts'
import { withoutRandom } from '../support/random.ts'

const names = Object.keys(templates).filter(isTemplate)
const office = { office: 'TIR Office', about: 'https://post.example/how-we-write' }

/** What a phone shows of the HTML. */
const read = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** The fixture’s therapist, type, place, city, practice and name, and every word that tells what it is about. */
const telling =
  /jessica|harbour|newark|intentional|delgado|couple|therap|retreat|session|intensive|programme|consultation|partner|relationship|marriage|counsel|treatment|\$|USD/i

t.test(
  'each template declares what its words ask for, no more, and nothing that its reader cannot be told',
  async t => {
    t.ok(names.length > 35, `${names.length} templates`)
    for (const name of names) {
      const template: Template = templates[name]
      const { subject, paragraphs, bare = '' } = template
      const asked = askedBy({ subject, paragraphs: [...paragraphs, bare] })
      t.same([...template.facts].sort(), [...asked].sort(), name)
      const may: readonly string[] = tellable[recipientOf(name)]
      t.same(
        template.facts.filter(fact => !may.includes(fact)),
        [],
        `${name}: for a ${recipientOf(name)}`
      )
      t.ok(!askedBy({ subject, paragraphs: [] }).includes('what'), `${name}: no subject ever says what`)
    }
  }
)

t.test('a template is given what it declares, or it does not compile', async t => {
  const { code } = templates
  t.match(render(code, { code: '48151623' }, office).text, '48151623')
  // @ts-expect-error a code's mail declares no link
  render(code, { code: '48151623', link: 'https://post.example/b/x' }, office)
  // @ts-expect-error staff are told no type, place or name
  const staff: (typeof tellable)['staff'][number] = 'what'
  t.notOk((tellable.staff as readonly string[]).includes(staff))
})

t.test('no mail tells anything in its subject or where a phone shows its beginning, whoever gets it', async t => {
  const { deps, scope, booked } = await openNotices(t)
  const { booking, appointment, booker } = await booked()
  const therapist = (await findSubject(deps.db, scope, { subjectId: booking, personId: booker }))?.booking
  if (!therapist?.therapistPersonId) throw new Error('There is no therapist')
  let mails = 0
  for (const name of names)
    for (const wording of ['discreet', 'plain'] as const)
      for (const sharedMailbox of [false, true])
        for (const byFile of [false, true]) {
          const personId = recipientOf(name) === 'staff' ? therapist.therapistPersonId : booker
          const person = { ...(await readPerson(deps, deps.db, scope, personId)), wording, sharedMailbox }
          const subject = await findSubject(deps.db, scope, { subjectId: appointment, personId })
          if (!subject) throw new Error('There is nothing to write of')
          const { wording: words, bare } = wordingFor(templates[name], sharedMailbox)
          const calendar = { invitation: undefined, changes: !byFile, stale: byFile, byFile }
          const told = { until: deps.now().plus({ days: 2 }), calendar, bare }
          const given = { code: '48151623', deadline: 'Thu 4 Mar, 17:00', link: 'https://post.example/r' }
          const known = { ...given, ...(await factsOf(deps, scope, name, words, person, subject, told)) }
          const { subject: line, text, html } = render(words, known, office)
          const who = `${name}, ${recipientOf(name)}, ${wording}, ${sharedMailbox ? 'shared' : 'own'} mailbox`
          const plain = wording === 'plain' && askedBy(words).includes('what') && !bare
          t.notMatch(line, telling, `${who}: subject`)
          for (const [shown, of] of [
            [withoutRandom(text), 'text'],
            [withoutRandom(read(html)), 'HTML']
          ] as const) {
            if (plain) t.match(shown, 'couples session with Jessica at', `${who}: ${of}, as was asked`)
            else t.notMatch(shown, telling, `${who}: ${of}`)
            if (bare) t.notMatch(shown.replace(office.about, ''), /http|calendar/, `${who}: opens nothing`)
          }
          mails += 1
        }
  t.comment(`${mails} mails`)
})
