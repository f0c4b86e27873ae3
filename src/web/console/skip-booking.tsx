import type { SkipQuote } from '../../bookings/quote-skip.ts'
import { moneyText } from '../../kernel/money.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  booking: string
  appointment: string
  /** What comes of it if the practice skips, and if the client does; undefined where this reader sees no sums. */
  quotes: { practice: SkipQuote; client: SkipQuote } | undefined
}

/** The exact sums before the click: everything where the practice skips, else by the terms. */
export const StaffSkipForm = ({ frame, booking, appointment, quotes }: Props) => {
  const action = `/console/bookings/${booking}/skip`
  const kept = quotes && quotes.client.fee.amount > 0 ? `, and ${moneyText(quotes.client.fee)} is kept` : ''
  const hidden = <input type="hidden" name="appointment" value={appointment} />
  return (
    <section class="card stack" aria-labelledby="skip">
      <h2 id="skip">Skip this one?</h2>
      <p>The others stay as they are. Everybody who takes part is told.</p>
      <p
        safe
      >{`If we skip it, ${quotes ? moneyText(quotes.practice.refund) : 'its whole share'} goes back to whoever paid.`}</p>
      <Post frame={frame} action={action}>
        {hidden}
        <input type="hidden" name="by" value="practice" />
        <button type="submit">We skip it</button>
      </Post>
      <p safe>
        {`If the client has told you to, ${quotes ? `${moneyText(quotes.client.refund)} goes back to whoever paid${kept}` : 'what their terms say goes back to whoever paid'}.`}
      </p>
      <Post frame={frame} action={action}>
        {hidden}
        <input type="hidden" name="by" value="client" />
        {!!quotes && <input type="hidden" name="refund" value={String(quotes.client.refund.amount)} />}
        <button class="plain" type="submit">
          The client skips it
        </button>
      </Post>
      <p>
        <a href={`/console/bookings/${booking}`}>Keep it</a>
      </p>
    </section>
  )
}
