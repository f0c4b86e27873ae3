import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { keepAnswer } from './keep-answer.ts'

/**
 * Keeps what somebody asks without a link, for the therapists to read. An address proves nothing and is looked up nowhere:
 * whoever it belongs to, the same happens. No mail goes there before there is a reply: somebody else may have typed it.
 * @returns the words by which its writer reads the reply, once
 */
export async function enquire(
  deps: Deps,
  scope: PracticeScope,
  { words, address }: { words: string; address?: string | undefined }
): Promise<{ returnWords: string }> {
  return deps.db.transaction(async tx => ({
    returnWords: await keepAnswer(deps, tx, scope, null, { kind: 'enquiry', words, address })
  }))
}
