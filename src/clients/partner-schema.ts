import { z } from 'zod'
import { answerKinds, audiences, concerns, saidKinds } from '../../db/schema/partners.ts'
import type { Practice } from '../identity/practice.ts'
import { Instant } from '../kernel/time.ts'
import { page } from '../kernel/wire.ts'
import type { Answer } from './answer.ts'
import type { Invitation } from './invite-partner.ts'
import { concernWords, secretsText, textNames } from './partner-texts.ts'

/**
 * What somebody wrote: line breaks are theirs, other control characters nobody can see. A form sends each break as two
 * characters, of which the writer's field counts one (HTML, "Constructing the entry list").
 */
export const Words = z
  .string()
  .overwrite(words => words.replaceAll('\r\n', '\n').trim())
  .min(1, { error: 'Write something, or leave it out' })
  .max(1000, { error: 'Write at most 1,000 characters' })
  .refine(words => !/[^\P{Cc}\n\r\t]/u.test(words), { error: 'Leave out control characters' })
const Address = z.email({ error: 'Give an e-mail address such as name@example.com' }).max(254)
const Day = z.iso.date({ error: 'Give a day such as 2027-05-14' })

/** Stretches of time that would suit somebody: for the practice alone. */
export const Windows = z
  .array(z.strictObject({ start: Instant, end: Instant }))
  .max(20, { error: 'Give at most 20 stretches of time' })

export const InvitationRequest = z.strictObject({
  text: z.enum(textNames, { error: `Choose one of ${textNames.join(', ')}` }),
  /** A new link for the same time; the old one opens nothing any more. Once. */
  replace: z.boolean().optional()
})

export const InvitationView = z
  .object({ id: z.uuid(), url: z.string(), message: z.string(), endsAt: Instant })
  .meta({ id: 'PartnerInvitation' })

export const AnswerRequest = z.strictObject({
  kind: z.enum(answerKinds, { error: `Choose one of ${answerKinds.join(', ')}` }),
  concern: z.enum(concerns, { error: `Choose one of ${concerns.join(', ')}` }).optional(),
  words: Words.optional(),
  audience: z.enum(audiences).optional(),
  noteOn: Day.optional(),
  address: Address.optional(),
  windows: Windows.optional()
})

export const ReturnWordsView = z.object({ returnWords: z.string() })
export const ReturnRequest = z.strictObject({ words: z.string().max(200, { error: 'Type the five words' }) })
export const ReturnView = z.object({ accessToken: z.string(), expiresIn: z.int() })
export const MessageRequest = z.strictObject({ words: Words })
export const EnquiryRequest = z.strictObject({ words: Words, address: Address.optional() })
export const ChangeRequest = z.strictObject({
  words: Words.optional(),
  concern: z.enum(concerns, { error: `Choose one of ${concerns.join(', ')}` }).optional(),
  audience: z.enum(audiences).optional(),
  address: Address.nullable().optional(),
  noteOn: Day.optional()
})

const MessageView = z.object({ from: z.enum(['partner', 'practice']), words: z.string(), at: Instant })

export const AnswerView = z
  .object({
    kind: z.enum(saidKinds),
    concern: z.enum(concerns).nullable(),
    words: z.string().nullable(),
    audience: z.enum(audiences),
    createdAt: Instant,
    hasAddress: z.boolean(),
    noteOn: z.iso.date().nullable(),
    messages: z.array(MessageView)
  })
  .meta({ id: 'PartnerAnswer' })

export const InboxItemView = AnswerView.omit({ hasAddress: true, noteOn: true })
  .extend({
    id: z.uuid(),
    /** False: by a link alone, and whose words they are is not known. */
    verified: z.boolean(),
    /** By when it was promised to be answered; null where nobody waits. */
    answerBy: Instant.nullable(),
    waiting: z.boolean(),
    windows: z.array(z.object({ start: Instant, end: Instant }))
  })
  .meta({ id: 'InboxItem' })

export const InboxView = page(InboxItemView)

/** What a partner chose to show to who invited them, and nothing else of it. */
export const SharedView = z.object({
  open: InvitationView.nullable(),
  nextFrom: Instant.nullable(),
  shared: z.array(z.object({ concern: z.enum(concerns), label: z.string(), words: z.string().nullable() }))
})

/** The same to everybody who has the link, from its first day to its last. */
export const PartnerPageView = z
  .object({
    office: z.string(),
    keptDays: z.int(),
    secrets: z.string(),
    replyWithin: z.string(),
    emergency: z.string(),
    concerns: z.array(z.object({ key: z.enum(concerns), label: z.string(), answer: z.string() }))
  })
  .meta({ id: 'PartnerPage' })

export function viewPartnerPage(practice: Practice): z.output<typeof PartnerPageView> {
  const { policies, discreetName } = practice
  return {
    office: discreetName,
    keptDays: 90,
    secrets: secretsText(practice),
    replyWithin: policies.replyWithin,
    emergency: policies.emergency,
    concerns: concerns.map(key => ({ key, label: concernWords[key].label, answer: concernWords[key].answer(practice) }))
  }
}

export function viewInvitation({ id, url, message, endsAt }: Invitation): z.output<typeof InvitationView> {
  return { id, url, message, endsAt }
}

export function viewAnswer({ kind, concern, words, audience, createdAt, hasAddress, noteOn, messages }: Answer) {
  return { kind, concern, words, audience, createdAt, hasAddress, noteOn, messages: [...messages] }
}
