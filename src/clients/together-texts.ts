import { createHash } from 'node:crypto'
import type { conversionPolicies } from '../../db/schema/identity.ts'
import type { Practice } from '../identity/practice.ts'
import { problem } from '../kernel/problem.ts'
import { secretsText } from './partner-texts.ts'

export const notChosen = problem('not-set-up', 409, 'The practice has not chosen yet how two begin together')

/** After a yes, whatever the other has said or not said. */
export const noted = 'Noted. Nothing happens until the practice gets in touch.'

/** The one fact, in the words of whose it is. No dates, no number. */
export const oneFact = 'I have had individual sessions here.'

/** What becomes of it when one of two was seen alone, in the words of the practice's own choice. */
export const conversionWords: Readonly<Record<(typeof conversionPolicies)[number], string>> = {
  refer_out: 'Where one of you has been seen alone here, the two of you begin with another therapist.',
  equal_time: 'Where one of you has been seen alone here, the other is first offered as much time alone.',
  therapist_decides:
    'Where one of you has been seen alone here, the therapist decides with each of you whether and how the two of you begin.'
}

/** @throws not-set-up where the practice has not made both choices: nobody begins before it has */
export function mustBeChosen({ policies: { secrets, conversion } }: Practice) {
  if (!secrets || !conversion)
    throw notChosen('Ask the practice: it chooses what it keeps secret, and how two begin, before anybody does')
  return { secrets, conversion }
}

/**
 * What somebody reads before they agree to begin together, a paragraph each.
 * @param isTold the other allowed the one fact to be told
 */
export function wordsToAgreeTo(practice: Practice, therapist: string, isTold: boolean): string[] {
  const { conversion } = mustBeChosen(practice)
  return [
    `The two of you would begin together, with ${therapist}.`,
    secretsText(practice),
    conversionWords[conversion],
    ...(isTold ? [`The other allows us to tell you one thing: “${oneFact}” Nothing else of it is told.`] : []),
    'What each of you did here before stays with each of you: appointments, what was said, receipts.',
    'Each of you can end this at any time, and gives no reason.'
  ]
}

/** SHA-256 of the words as they were shown, in hex on the wire. */
export function hashOf(words: readonly string[]): Buffer {
  return createHash('sha256').update(words.join('\n')).digest()
}
