import type { DateTime } from 'luxon'
import type { audiences, saidKinds } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Owner, type Spot, seal, unseal } from '../kernel/secrets.ts'
import type { AnswerRow } from './answer-store.ts'
import type { MessageRow } from './inbox-store.ts'
import type { Concern } from './partner-texts.ts'

export type Audience = (typeof audiences)[number]

/** What somebody says to the practice without a name. */
export interface Said {
  kind: (typeof saidKinds)[number]
  concern?: Concern | undefined
  words?: string | undefined
  audience?: Audience | undefined
  /** A day of the practice, `YYYY-MM-DD`. */
  noteOn?: string | undefined
  address?: string | undefined
  windows?: { start: DateTime; end: DateTime }[] | undefined
}

/** What somebody said by a partner's link, with what was said after it. */
export interface Answer {
  id: string
  kind: AnswerRow['kind']
  concern: Concern | null
  words: string | null
  audience: Audience
  createdAt: DateTime
  /** Whether an address was left, for a reply or a note. */
  hasAddress: boolean
  /** The day of the note that was asked for, until it has gone. */
  noteOn: string | null
  /** Whether the practice knows, from talking with them, whose words these are. */
  verified: boolean
  messages: readonly { from: 'partner' | 'practice'; words: string; at: DateTime }[]
}

/** Whose data key: an answer belongs to nobody we know, so it has its own. */
export function keeperOf({ practice }: PracticeScope, answer: string): Owner {
  return { practice: practice.id, person: answer }
}

export function sealWords(key: Buffer, { practice }: PracticeScope, answer: string, words: string): Buffer {
  return seal(key, spotOf(practice.id, 'partner_answers', answer), words)
}

export function sealMessage(key: Buffer, { practice }: PracticeScope, message: string, words: string): Buffer {
  return seal(key, spotOf(practice.id, 'answer_messages', message), words)
}

/** An answer unsealed, with those of the messages that followed it. */
export function unsealAnswer(
  { secrets }: Pick<Deps, 'secrets'>,
  scope: PracticeScope,
  row: AnswerRow,
  messages: readonly MessageRow[]
): Answer {
  const practice = scope.practice.id
  const { id, kind, concern, audience, createdAt, personId, noteOn, spokenAt } = row
  const key = secrets.openDataKey(keeperOf(scope, id), row.dataKey)
  return {
    id,
    kind,
    concern,
    words: row.words && unseal(key, spotOf(practice, 'partner_answers', id), row.words),
    audience,
    createdAt,
    hasAddress: personId !== null,
    noteOn: personId && noteOn,
    verified: spokenAt !== null,
    messages: messages
      .filter(({ answerId }) => answerId === id)
      .map(({ id: message, from, words, at }) => ({
        from,
        words: unseal(key, spotOf(practice, 'answer_messages', message), words),
        at
      }))
  }
}

function spotOf(practice: string, table: string, row: string): Spot {
  return { practice, table, column: 'words', row }
}
