import { referenceOf } from '../../bookings/reference.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { priceText, untilText } from '../components/words.ts'
import { stateMark } from './agenda-entry.tsx'

type Amounts = Pick<BookingView, 'id' | 'state' | 'price' | 'dues'>

/** Bookings for who sees what they cost and no time: by their references. */
export const AmountsPage = ({
  frame,
  bookings,
  next
}: {
  frame: Frame
  bookings: readonly Amounts[]
  next: string | null
}) => (
  <Layout frame={frame} title="Bookings" kind="staff" here="/console">
    <h1>Bookings</h1>
    {bookings.length === 0 && <p class="note">There are none.</p>}
    <ul>
      {bookings.map(({ id, state, price }) => (
        <li>
          <a href={`/console/bookings/${id}`} safe>
            {referenceOf(id)}
          </a>{' '}
          <span safe>{[stateMark(state) ?? state, price && priceText(price)].filter(Boolean).join(' · ')}</span>
        </li>
      ))}
    </ul>
    {!!next && (
      <p>
        <a href={`/console?after=${next}`}>Later ones</a>
      </p>
    )}
  </Layout>
)

/** What one booking costs, what is owed of it, and what came of its cancellation. */
export const AmountPage = ({
  frame,
  booking: { id, state, price, dues = [] },
  cancelled,
  zone
}: {
  frame: Frame
  booking: Amounts
  /** What came back and what was kept. */
  cancelled: string | undefined
  zone: string
}) => (
  <Layout frame={frame} title="Booking" kind="staff" here="/console">
    <div class="narrow stack">
      <a class="back" href="/console">
        <ArrowLeft /> Bookings
      </a>
      <h1 safe>{referenceOf(id)}</h1>
      <section class="card" aria-label="The amounts">
        <p safe>{[stateMark(state) ?? state, price && priceText(price)].filter(Boolean).join(' · ')}</p>
        {dues.map(({ reason, amount, dueAt, state }) => (
          <p class="quiet" safe>
            {`${reason.replaceAll('_', ' ')}: ${moneyText(amount)}, due ${untilText(dueAt, zone)}, ${state.replaceAll('_', ' ')}`}
          </p>
        ))}
        {!!cancelled && <p safe>{cancelled}</p>}
      </section>
    </div>
  </Layout>
)
