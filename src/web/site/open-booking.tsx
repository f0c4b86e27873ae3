import type { Faults } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { CodeField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  booking: string
  /** A code has just been asked for. */
  asked: boolean
  faults: Faults
}

/** For who came by the mailed link: the rest of the booking opens for half an hour by a code to the booker's mailbox. */
export const OpenBooking = ({ frame, booking, asked, faults }: Props) => (
  <section aria-labelledby="rest">
    <h2 id="rest">Everything else</h2>
    <p>
      A link in a mail can be read by others, so this page shows the time alone. With a code we show the rest here for
      half an hour: what was booked, the price, and what you can do.
    </p>
    {asked && (
      <Post frame={frame} action={`/b/${booking}/opening`} novalidate>
        <CodeField name="opening" fault={faults.opening} />
        <p class="actions">
          <button type="submit">Show the rest</button>
        </p>
      </Post>
    )}
    <Post frame={frame} action={`/b/${booking}/opening-codes`}>
      <button class={asked ? 'link' : 'plain'} type="submit">
        {asked ? 'Send a new code' : 'Send me a code'}
      </button>
    </Post>
  </section>
)

/** For the other of two who came by a mailed link: the rest is behind their own sign-in. */
export const OpenBySignIn = ({ frame, booking }: { frame: Frame; booking: string }) => (
  <section aria-labelledby="rest">
    <h2 id="rest">Everything else</h2>
    <p>
      A link in a mail can be read by others, so this page shows the time alone. Sign in with the address to which it
      came to see the rest and what you can do.
    </p>
    <Post frame={frame} action={`/b/${booking}/own`}>
      <button type="submit">Sign in</button>
    </Post>
  </section>
)
