import { hasOpenSteps, isWholeWithSteps } from '../../catalog/plan.ts'
import { viewSteps } from '../../catalog/schema.ts'
import { depositOf, type SessionType } from '../../catalog/session-type.ts'

import { moneyText } from '../../kernel/money.ts'
import { besideText, lengthText } from '../components/length-words.ts'
import { policyText } from '../components/policy-words.ts'
import { StepList } from '../components/step-list.tsx'
import { priceText } from '../components/words.ts'
import { answerText } from './answer-text.ts'

/** What a session is: its name, in a sentence or two, how long, what it costs, what comes back, and who confirms it. */
export const About = ({ type }: { type: SessionType }) => (
  <div>
    <h1 safe>{type.name}</h1>
    <p class="lede" safe>
      {type.description}
    </p>
    <dl class="facts section">
      <dt>How long</dt>
      <dd safe>{lengthText(type)}</dd>
      {hasOpenSteps(type.plan) && !isWholeWithSteps(type.plan) && (
        <>
          <dt>Step by step</dt>
          <dd>
            <StepList steps={viewSteps(type)} />
          </dd>
        </>
      )}
      <dt>Price</dt>
      <dd class="figures" safe>
        {`${priceText(type.price)}${type.plan.anchor === 'edition' ? ' for the two of you' : ''}${depositText(type)}`}
      </dd>
      {!!besideText(type) && (
        <>
          <dt>If you like</dt>
          <dd safe>{besideText(type)}</dd>
        </>
      )}
      <dt>If you cancel</dt>
      <dd safe>{policyText(type)}</dd>
      {type.rules.approval && (
        <>
          <dt>Confirmed</dt>
          <dd safe>{confirmedText(type)}</dd>
        </>
      )}
    </dl>
  </div>
)

function depositText(type: SessionType): string {
  const deposit = depositOf(type)
  return deposit ? `; ${moneyText(deposit)} of it when your place is confirmed` : ''
}

function confirmedText(type: SessionType): string {
  return `By the practice, ${answerText(type)}. Nothing is charged until then.`
}
