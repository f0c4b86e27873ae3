import { answerDaysOf, isAfterCalls, type SessionType } from '../../catalog/session-type.ts'

const numbers = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve']

/** `within two working days`, or what comes before the practice's yes. */
export function answerText(type: Pick<SessionType, 'plan' | 'rules'>): string {
  if (isAfterCalls(type)) return 'after a short private call with each of you'
  const days = answerDaysOf(type)
  return `within ${numbers[days - 1] ?? days} working ${days === 1 ? 'day' : 'days'}`
}
