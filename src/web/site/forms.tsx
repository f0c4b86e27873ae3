import { isForTwo, type SessionType } from '../../catalog/session-type.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { lengthText, policyText, priceText } from '../components/words.ts'

interface Props {
  frame: Frame
  types: readonly SessionType[]
  /** `private` for a partner: the page says nothing of itself in tab and history. */
  kind: 'open' | 'private'
}

/**
 * All forms side by side, each with its hours and its price, to look at: nothing is chosen here and nothing leads to a
 * time for two.
 */
export const Forms = ({ frame, types, kind }: Props) => (
  <Layout frame={frame} title="Forms side by side" kind={kind}>
    <h1>Forms side by side</h1>
    <p class="lede">
      For some people a weekly hour is the wrong shape. There are private days, retreats and short programmes. Each has
      its hours, its price and its end written down.
    </p>
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
      <a href={kind === 'private' ? '/p' : '/not-sure'}>Back</a>
    </p>
  </Layout>
)
