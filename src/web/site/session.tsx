import type { SlotsView } from '../../availability/schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { ArrowLeft, ArrowRight } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { SlotButtons } from '../components/slots.tsx'
import { besideText, lengthText, policyText, priceText } from '../components/words.ts'

import { HowOften } from './how-often.tsx'

interface Props {
  frame: Frame
  type: SessionType
  /** The next free times, soonest first. */
  next: SlotsView['slots']
  zone: string
}

/** What it is, how long, what it costs, what comes back, and the next free times. */
export const Session = ({ frame, type, next, zone }: Props) => (
  <Layout frame={frame} title={type.name} kind="open">
    <a class="back" href="/">
      <ArrowLeft /> All sessions
    </a>
    <div class="pair">
      <div>
        <h1 safe>{type.name}</h1>
        <p class="lede" safe>
          {type.description}
        </p>
        <dl class="facts section">
          <dt>How long</dt>
          <dd safe>{lengthText(type)}</dd>
          <dt>Price</dt>
          <dd class="figures" safe>
            {priceText(type.price)}
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
              <dd>By the practice, within two working days. Nothing is charged until then.</dd>
            </>
          )}
        </dl>
      </div>
      {type.plan.repeat ? (
        <HowOften slug={type.slug} repeat={type.plan.repeat} />
      ) : (
        <NextTimes frame={frame} type={type} next={next} zone={zone} />
      )}
    </div>
  </Layout>
)

const NextTimes = ({ frame, type, next, zone }: Props) => (
  <section class="card" aria-labelledby="next">
    <h2 id="next">Next free times</h2>
    {next.length > 0 ? (
      <SlotButtons frame={frame} type={type.slug} slots={next} zone={zone} />
    ) : (
      <p>
        There is no free time in these weeks. <a href="/contact">Ask us</a>.
      </p>
    )}
    <a class="button" href={`/sessions/${encodeURIComponent(type.slug)}/times`}>
      See all times <ArrowRight />
    </a>
  </section>
)
