import type { SessionType } from '../../catalog/session-type.ts'
import { durationText, priceText } from '../components/words.ts'

type Priced = Pick<SessionType, 'plan' | 'price'>

/** The steps beside what belongs together: who comes, when, and what each adds to the price. Nothing where there is none. */
export const TypeSteps = ({ plan, price }: Priced) => {
  const steps = plan.segments.filter(({ before, after }) => before || after)
  if (plan.apart || steps.length === 0) return ''
  return (
    <section class="card narrow-start" aria-labelledby="steps">
      <h2 id="steps">Before and after</h2>
      <ul>
        {steps.map(step => (
          <li safe>{stepText(step, price)}</li>
        ))}
      </ul>
    </section>
  )
}

const who = { both: 'both', first: 'whoever books', second: 'the other', nobody: 'nobody' } as const

function stepText(step: SessionType['plan']['segments'][number], price: SessionType['price']): string {
  const { before, after } = step
  const when = before
    ? `ends ${before.hours} hours or more before the first day, at most ${before.days} days before it`
    : `${after?.min} to ${after?.max} days after the last day`
  const sum = step.price ? `${priceText({ ...price, amount: step.price })} more` : 'no extra charge'
  return `${durationText(step.minutes)}, ${who[step.who]}: ${when}; ${step.optional ? 'as the client likes' : 'always'}, ${sum}`
}
