import type { DateTime } from 'luxon'
import { afterWorkingDays } from '../kernel/working-days.ts'
import type { Answer } from './answer.ts'

/** In so many working days the practice says that it answers. */
const promisedDays = 2

/**
 * By when an answer was promised to whoever had the last word; null where that was the practice. A no waits for nobody
 * until its writer says more.
 */
export function answerBy(
  zone: string,
  {
    kind,
    createdAt,
    messages
  }: Pick<Answer, 'kind' | 'createdAt'> & {
    messages: readonly Pick<Answer['messages'][number], 'from' | 'at'>[]
  }
): DateTime | null {
  const answered = messages.findLastIndex(({ from }) => from === 'practice')
  const [first] = messages.slice(answered + 1)
  const isNo = kind === 'not_now' || kind === 'no_contact'
  const since = first?.at ?? (answered < 0 && !isNo ? createdAt : undefined)
  return since ? afterWorkingDays(since, zone, promisedDays) : null
}
