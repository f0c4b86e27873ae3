import { findAnswer } from '../clients/answer-store.ts'
import { readCode } from '../identity/codes.ts'
import { readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import { isContactRefused } from '../identity/store.ts'
import { calendarPart } from './calendar-part.ts'
import { factsOf, wordsOf } from './facts.ts'
import { lineMail } from './line-mail.ts'
import { isAboutLine } from './line-words.ts'
import type { Mail, NoticeDeps } from './mailer.ts'
import { stillTrue } from './message.ts'
import type { MessageRow } from './message-store.ts'
import { isForPartner } from './partner-words.ts'
import { isForSignIn } from './person-words.ts'
import { isForProposal, proposalMail } from './proposal-words.ts'
import { type Office, render, wordingFor } from './render.ts'
import { signInWords } from './sign-in-words.ts'
import { findSubject, type Subject } from './subject.ts'
import type { Template } from './template.ts'
import { isTemplate, templates } from './templates.ts'
import { isAboutTogether, togetherPaths } from './together-words.ts'

/**
 * Writes a message's mail out of what is true now, or nothing where it is true no longer. Who asked never to be written to
 * gets what somebody asked a code for and what is told of a sign-in, and nothing else, until a code of that mailbox was given.
 */
export async function compose(deps: NoticeDeps, scope: PracticeScope, message: MessageRow): Promise<Mail | undefined> {
  const { db, settings } = deps
  const { template, subjectId, messageId, cause } = message
  if (!isTemplate(template)) throw new TypeError(`There is no template ${template}`)
  const now = deps.now()
  const person = await readRecipient(deps, db, scope, message.personId)
  const base = linkBase(settings, scope.practice)
  const office: Office = {
    office: scope.practice.discreetName,
    about: `${base}/how-we-write`
  }
  const envelope = { to: person.email, office: office.office, messageId, date: now }
  if (template === 'code') {
    const code = await readCode(deps, db, scope, subjectId)
    return code && { ...envelope, ...render(templates.code, { code: code.code }, office) }
  }
  if (isForSignIn(template)) {
    const words = await signInWords(deps, scope, template, subjectId, office)
    return words && { ...envelope, ...words }
  }
  if (template === 'staff-sign-in-ended')
    return { ...envelope, ...render(templates[template], { console: `${base}/console` }, office) }
  if (!person.proven && (await isContactRefused(db, scope, person.id))) return undefined
  if (template === 'staff-inbox' || template === 'staff-waiting') {
    const known = await findAnswer(db, scope, subjectId)
    return known && { ...envelope, ...render(templates[template], { console: `${base}/console/inbox` }, office) }
  }
  if (template === 'staff-proposal-declined' || template === 'staff-proposal-lapsed')
    return { ...envelope, ...render(templates[template], { console: `${base}/console/proposals` }, office) }
  if (template === 'staff-together')
    return { ...envelope, ...render(templates[template], { console: `${base}/console/beginnings` }, office) }
  if (isForProposal(template)) {
    const words = await proposalMail(deps, scope, person, subjectId, office)
    return words && { ...envelope, ...words }
  }
  if (isAboutTogether(template))
    return { ...envelope, ...render(templates[template], { link: `${base}${togetherPaths[template]}` }, office) }
  if (isAboutLine(template)) {
    const words = await lineMail(deps, scope, template, subjectId, person, office)
    return words && { ...envelope, ...words }
  }
  if (isForPartner(template)) {
    const known = await findAnswer(db, scope, subjectId)
    const link = template === 'reply' ? `${base}/r` : `${base}/p`
    return known && { ...envelope, ...render(templates[template], { link }, office) }
  }
  const subject = await findSubject(db, scope, message, now)
  if (!subject || !stillTrue({ template, cause }, subject, now)) return undefined
  const calendar = await calendarPart(deps, scope, template, person, subject)
  const { words, until } = wordsOf(template, person, subject, scope.practice.zone, now, cause)
  const { wording, bare } = wordingFor(withOthers(templates[words], subject), person.sharedMailbox)
  const facts = await factsOf(deps, scope, words, wording, person, subject, { until, calendar, bare })
  const { invitation } = calendar
  return { ...envelope, ...render(wording, facts, office), ...(invitation && { invitation }) }
}

/** Of several appointments the others are named in a paragraph of their own, after the first. */
function withOthers(template: Template, { others }: Subject): Template {
  const [first, ...rest] = template.paragraphs
  if (others.length === 0 || first === undefined) return template
  return { ...template, paragraphs: [template.several ?? first, 'And: {others}.', ...rest] }
}
