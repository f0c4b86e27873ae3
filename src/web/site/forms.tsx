import { isForTwo, type SessionType } from '../../catalog/session-type.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { policyText } from '../components/policy-words.ts'
import { lengthText, priceText } from '../components/words.ts'
import { inGroup } from './groups.ts'

interface Props {
  frame: Frame
  types: readonly SessionType[]
  /** `private` for a partner: the page says nothing of itself in tab and history. */
  kind: 'open' | 'private'
  /** The page that led here. */
  back: string
}

/**
 * All forms side by side, each with its hours and its price, to look at: nothing is chosen here and nothing leads to a
 * time for two.
 */
export const Forms = ({ frame, types, kind, back }: Props) => (
  <Layout frame={frame} title="Forms side by side" kind={kind}>
    <h1>Forms side by side</h1>
    <p class="lede">
      For some people a weekly hour is the wrong shape. Each form has its hours, its price and its end written down.
    </p>
    {inGroup(types, 'Concentrated', 'A short programme').length === 0 && (
      <p>
        Private days, retreats and short programmes are arranged with us: <a href="/contact">ask us</a>.
      </p>
    )}
    <ul class="forms">
      {types.map(type => (
        <li class="card">
          <h2 safe>{type.name}</h2>
          <p safe>{type.description}</p>
          <dl class="facts small">
            <dt>For</dt>
            <dd>{isForTwo(type) ? 'The two of you' : 'You alone'}</dd>
            <dt>How long</dt>
            <dd class="figures" safe>
              {lengthText(type)}
            </dd>
            <dt>Price</dt>
            <dd class="figures" safe>
              {priceText(type.price)}
            </dd>
            <dt>If you cancel</dt>
            <dd class="figures" safe>
              {policyText(type)}
            </dd>
          </dl>
        </li>
      ))}
    </ul>
    <p>
      <a href={back}>Back</a>
    </p>
  </Layout>
)
