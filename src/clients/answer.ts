import type { DateTime } from 'luxon'
import type { audiences } from '../../db/schema/partners.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { type Owner, type Spot, seal, unseal } from '../kernel/secrets.ts'
import type { AnswerRow, MessageRow } from './partner-store.ts'
import type { Concern } from './partner-texts.ts'

export type Audience = (typeof audiences)[number]

/** What somebody said by a partner's link, with what was said after it. */
export interface Answer {
  id: string
  kind: AnswerRow['kind']
  concern: Concern | null
  words: string | null
  audience: Audience
  createdAt: DateTime
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
  const { id, kind, concern, audience, createdAt } = row
  const key = secrets.openDataKey(keeperOf(scope, id), row.dataKey)
  return {
    id,
    kind,
    concern,
    words: row.words && unseal(key, spotOf(practice, 'partner_answers', id), row.words),
    audience,
    createdAt,
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
