import type { DateTime } from 'luxon'
import { layEach } from '../../catalog/lay.ts'
import { fixedSegments, type Plan, usualPlan, wallMinutes } from '../../catalog/plan.ts'
import { isStep, type Segment } from '../../catalog/segment.ts'
import { instantOf } from '../../kernel/time.ts'
import { dayNumber, firstInstantOf } from '../../kernel/wall-clock.ts'
import { Blocks } from '../components/blocks.tsx'

interface Props {
  plan: Plan
  zone: string
  now: DateTime
}

/** The plan laid from a day to come, as an example: where its fixed parts lie, and which steps follow. */
export const PlanPreview = ({ plan, zone, now }: Props) => {
  const usual = usualPlan(plan)
  const [first] = fixedSegments(usual)
  const day = now
    .setZone(zone)
    .startOf('week')
    .plus({ weeks: 2, days: plan.anchor === 'start' ? 0 : 3 })
  const anchor = firstInstantOf(zone, dayNumber(day.toISODate() ?? ''), wallMinutes(first?.at ?? '10:00'))
  const laid = layEach(usual, anchor ?? day.toMillis(), zone)
  const shown = laid.slice(0, most).map(({ start, end }) => ({ start: instantOf(start), end: instantOf(end) }))
  const steps = usual.segments.filter(isStep)
  return (
    <section class="card wash" aria-labelledby="preview">
      <h2 id="preview">As it lies on the calendar</h2>
      <p class="quiet small">An example: what is typed here, laid from a day to come.</p>
      <Blocks blocks={shown} zone={zone} />
      {laid.length > most && <p safe>{`And so on, ${laid.length} in all.`}</p>}
      {steps.length > 0 && (
        <ol>
          {steps.map(step => (
            <li safe>{stepText(step)}</li>
          ))}
        </ol>
      )}
    </section>
  )
}

const most = 8
const whoText = { both: 'for both', first: 'for whoever books', second: 'for the other', nobody: 'kept free' } as const

function stepText({ minutes, who, after, before, optional }: Segment): string {
  const gap = before
    ? `${before.hours} hours or more before the first, within ${before.days} days`
    : after && `${after.min === after.max ? after.min : `${after.min} to ${after.max}`} days after the one before`
  return `${minutes} minutes ${whoText[who]}, ${gap}${optional ? ', as the client likes' : ''}`
}
