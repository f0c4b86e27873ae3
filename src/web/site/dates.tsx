import type { DatesView } from '../../bookings/edition-schema.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { Blocks, daysText } from '../components/blocks.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { About } from './about.tsx'
import { DatesButton } from './dates-button.tsx'

interface Props {
  frame: Frame
  type: SessionType
  dates: readonly DatesView[]
  zone: string
}

/** A session that has dates: what it is and costs, and each of its dates, to be booked or waited for. */
export const Dates = ({ frame, type, dates, zone }: Props) => (
  <Layout frame={frame} title={type.name} kind="open">
    <a class="back" href="/">
      <ArrowLeft /> All sessions
    </a>
    <div class="pair">
      <About type={type} />
      <section class="stack" aria-labelledby="dates">
        <h2 id="dates">Dates</h2>
        {dates.length === 0 && (
          <p>
            There are no dates at present. <a href="/contact">Ask us</a>.
          </p>
        )}
        {dates.map(one => (
          <OneDate frame={frame} type={type} dates={one} zone={zone} />
        ))}
      </section>
    </div>
  </Layout>
)

const OneDate = ({
  frame,
  type,
  dates: { id, state, appointments },
  zone
}: Pick<Props, 'frame' | 'type' | 'zone'> & { dates: DatesView }) => (
  <article class="card stack">
    <h3 safe>{daysText(appointments, zone)}</h3>
    <Blocks blocks={appointments} zone={zone} />
    {state === 'waitlist' && (
      <p>
        Just now no place can be booked. You can wait for one: nothing is charged for it, and you can go at any time.
      </p>
    )}
    <DatesButton frame={frame} action={state === 'open' ? '/b/dates' : '/w'} type={type.slug} edition={id} zone={zone}>
      {state === 'open' ? 'Choose these dates' : 'Wait for a place'}
      <span class="unseen" safe>
        {`: ${daysText(appointments, zone)}`}
      </span>
    </DatesButton>
  </article>
)
