import type { StepView } from '../../catalog/schema.ts'
import { durationText } from './words.ts'

/** Every step of a programme, or beside what belongs together, in words; several alike in a row are one line. */
export const StepList = ({ steps }: { steps: readonly StepView[] }) => (
  <ol>
    {linesOf(steps).map(line => (
      <li safe>{line}</li>
    ))}
  </ol>
)

/** `7 × 80 minutes, for the two of you, each 5 to 14 days after the one before`. */
export function linesOf(steps: readonly StepView[]): string[] {
  const rows: { step: StepView; times: number }[] = []
  for (const step of steps) {
    const last = rows.at(-1)
    if (last && isAlike(last.step, step)) last.times += 1
    else rows.push({ step, times: 1 })
  }
  return rows.map(({ step, times }) => {
    const length = times > 1 ? `${times} × ${durationText(step.minutes)}` : durationText(step.minutes)
    return [length, whose[step.who], whereText(step, times), step.optional ? 'if you like' : '']
      .filter(Boolean)
      .join(', ')
  })
}

const whose = {
  both: 'for the two of you',
  first: 'alone, for whoever of you books',
  second: 'alone, for the other of you',
  nobody: 'kept free'
} as const

function whereText({ before, after }: StepView, times: number): string {
  if (before) return `in the ${daysText(before.days)} before, and ${before.hours} hours before at the latest`
  if (!after) return ''
  const { min, max } = after
  const each = times > 1 ? 'each ' : ''
  if (max === 0) return `${each}on the day of the one before`
  return `${each}${min === max ? daysText(max) : min === 0 ? `up to ${daysText(max)}` : `${min} to ${daysText(max)}`} after the one before`
}

const daysText = (days: number) => (days === 1 ? 'one day' : `${days} days`)

function isAlike(one: StepView, other: StepView): boolean {
  const told = ({ step: _, ...rest }: StepView) => JSON.stringify(rest)
  return told(one) === told(other)
}
