import type { Faults } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { CodeField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'
import { untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'

interface Props {
  frame: Frame
  booking: Shown
  faults: Faults
}

/** For the mailed link: until when it is kept; what to do stands behind a code. */
export const KeptByMail = ({ booking }: { booking: Shown }) => (
  <section>
    <h1>One step is left</h1>
    <Kept booking={booking} />
  </section>
)

/** Held until it is paid. */
export const ToPay = ({ frame, booking }: { frame: Frame; booking: Shown }) => (
  <section>
    <h1>One step is left: the payment</h1>
    <Kept booking={booking} />
    {!!booking.dueNow && <p safe>{`You pay ${booking.dueNow} on the next page, at Stripe.`}</p>}
    <Post frame={frame} action={`/b/${booking.id}/payment`}>
      <p class="actions">
        <button type="submit">Continue to payment</button>
      </p>
    </Post>
    <GiveBack frame={frame} booking={booking} />
  </section>
)

/** Held until the mailed code is given. */
export const ToConfirm = ({ frame, booking, faults }: Props) => (
  <section>
    <h1>We have mailed you a code</h1>
    <Kept booking={booking} />
    <Post frame={frame} action={`/b/${booking.id}/confirmation`} novalidate>
      <CodeField fault={faults.code} />
      <p class="actions">
        <button type="submit">Confirm the appointment</button>
      </p>
    </Post>
    <Post frame={frame} action={`/b/${booking.id}/codes`}>
      <p>
        Nothing there after a minute or two? Look among unwanted mail, or{' '}
        <button class="link" type="submit">
          have a new code sent
        </button>
        .
      </p>
    </Post>
    <GiveBack frame={frame} booking={booking} />
  </section>
)

const Kept = ({ booking: { heldUntil, zone } }: { booking: Shown }) =>
  heldUntil ? (
    <p class="lede">
      This time is kept for you until{' '}
      <time datetime={heldUntil.toISO() ?? undefined} safe>
        {untilText(heldUntil, zone)}
      </time>
      .
    </p>
  ) : (
    ''
  )

/** The way out of a hold, as a plain sentence. */
export const GiveBack = ({ frame, booking }: { frame: Frame; booking: Shown }) =>
  booking.state === 'held' || booking.state === 'requested' ? (
    <Post frame={frame} action={`/b/${booking.id}/release`}>
      <button class="link" type="submit">
        I do not want this time any more: give it back
      </button>
    </Post>
  ) : (
    ''
  )
