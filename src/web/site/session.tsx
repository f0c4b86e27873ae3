import type { SlotsView } from '../../availability/schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { ArrowLeft, ArrowRight } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { SlotButtons } from '../components/slots.tsx'
import { About } from './about.tsx'

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
      <About type={type} />
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
