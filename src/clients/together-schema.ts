import { z } from 'zod'
import { Instant } from '../kernel/time.ts'
import { Line, Slug } from '../kernel/wire.ts'
import type { OwnYes } from './read-yes.ts'

export const YesRequest = z.strictObject({
  name: Line.trim()
    .min(1, { error: 'Give a name; any name that you go by' })
    .max(200, { error: 'Give a name of at most 200 characters' })
    .optional(),
  whom: Line.trim()
    .min(1, { error: 'Say with whom, in a word by which the practice can tell' })
    .max(200, { error: 'At most 200 characters are enough' }),
  link: Line.max(300, { error: 'Give the address of the page, or leave it out' }).optional(),
  mayTell: z.boolean().optional(),
  therapist: Slug.optional()
})

export const AgreeRequest = z.strictObject({
  agree: z.boolean(),
  hash: z.string().regex(/^[0-9a-f]{64}$/, { error: 'Give the hash of the words that you read' })
})

export const NotedView = z.object({ message: z.string() }).meta({ id: 'Noted' })

export const OwnYesView = z
  .object({
    open: z.boolean(),
    asksOneFact: z.boolean(),
    asksName: z.boolean(),
    said: z.object({ at: Instant, whom: z.string(), mayTell: z.boolean().nullable() }).nullable(),
    question: z.object({ words: z.array(z.string()), hash: z.string() }).nullable()
  })
  .meta({ id: 'StartTogether' })

export const viewOwnYes = ({ said, question, ...rest }: OwnYes) => ({
  ...rest,
  said: said ?? null,
  question: question ?? null
})

export const ListedYesView = z
  .object({
    id: z.uuid(),
    person: z.uuid(),
    name: z.string(),
    whom: z.string(),
    saidAt: Instant,
    seenAlone: z.boolean(),
    mayTell: z.boolean().nullable(),
    met: z.boolean(),
    samePage: z.array(z.uuid()),
    beginning: z.uuid().optional(),
    agreed: z.boolean().nullable()
  })
  .meta({ id: 'Yes' })

const Yeses = z.array(z.uuid())

export const BeginningRequest = z.discriminatedUnion('approved', [
  z.strictObject({
    approved: z.literal(true),
    yeses: z.tuple([z.uuid(), z.uuid()], { error: 'Name the two yeses that belong together' }),
    spokenWithEach: z.literal(true, { error: 'Speak with each of the two first, alone, and then say so' }),
    equalTime: z.boolean().optional()
  }),
  z.strictObject({
    approved: z.literal(false),
    yeses: Yeses.min(1, { error: 'Name one yes or two' }).max(2, { error: 'Name one yes or two' })
  })
])

export const HandOverRequest = z.strictObject({ therapist: Slug })
