import type { CancellationQuoteView } from '../../bookings/change-schema.ts'
import { moneyText } from '../../kernel/money.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  booking: string
  /** What comes of it if the practice cancels, and if the client does; undefined where this reader sees no sums. */
  quotes: { practice: CancellationQuoteView; client: CancellationQuoteView } | undefined
}

/** The exact sums before the click, for who reads amounts: everything where the practice cancels, else by the terms. */
export const StaffCancelForm = ({ frame, booking, quotes }: Props) => {
  const action = `/console/bookings/${booking}/cancellation`
  const kept = quotes && quotes.client.fee.amount > 0 ? `, and ${moneyText(quotes.client.fee)} is kept` : ''
  return (
    <section class="card stack" aria-labelledby="cancel">
      <h2 id="cancel">Cancel this appointment?</h2>
      <p>Everybody who takes part is told.</p>
      <p
        safe
      >{`If we cancel, ${quotes ? moneyText(quotes.practice.refund) : 'all that was paid'} goes back to whoever paid.`}</p>
      <Post frame={frame} action={action}>
        <input type="hidden" name="by" value="practice" />
        <button type="submit">We cancel</button>
      </Post>
      <p safe>
        {`If the client has told you to cancel, ${quotes ? `${moneyText(quotes.client.refund)} goes back to whoever paid${kept}` : 'what their terms say goes back to whoever paid'}.`}
      </p>
      <Post frame={frame} action={action}>
        <input type="hidden" name="by" value="client" />
        {!!quotes && <input type="hidden" name="refund" value={String(quotes.client.refund.amount)} />}
        <button class="plain" type="submit">
          The client cancels
        </button>
      </Post>
      <p>
        <a href={`/console/bookings/${booking}`}>Keep it</a>
      </p>
    </section>
  )
}
