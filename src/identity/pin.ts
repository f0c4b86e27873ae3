import { type Fault, invalid } from '../kernel/problem.ts'

/** @throws invalid-input where it is not 6 to 12 digits, or the first that anybody would try */
export function mustBePin(pin: string, pointer = '/pin'): void {
  const fault = faultOf(pin)
  if (fault) throw invalid([{ pointer, detail: fault } satisfies Fault])
}

/** What is wrong with a PIN, as a sentence; undefined where nothing is. */
export function faultOf(pin: string): string | undefined {
  if (!/^\d{6,12}$/.test(pin)) return 'Choose 6 to 12 digits'
  const digits = [...pin].map(Number)
  const steps = new Set(digits.slice(1).map((digit, index) => (digit - (digits[index] ?? 0) + 10) % 10))
  const [step = 0] = steps
  if (steps.size === 1 && [0, 1, 9].includes(step)) return 'Choose digits that do not just follow each other'
  return undefined
}
