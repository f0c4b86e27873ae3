import type { CallOffQuote } from '../../bookings/quote-call-off.ts'
import { moneyText } from '../../kernel/money.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText } from '../components/words.ts'

interface Props {
  frame: Frame
  booking: string
  appointment: string
  zone: string
  /** What it means if the client calls it off; for the practice it costs nobody anything. */
  quote: CallOffQuote
  /** Whether this reader sees sums. */
  sums: boolean
}

/** What calling off one step means, before the click: for nothing where the practice does it, else by the terms. */
export const StaffCallOffForm = ({ frame, booking, appointment, zone, quote, sums }: Props) => {
  const { opens, fee, decideBy, givesWay } = quote
  const action = `/console/bookings/${booking}/call-off`
  const hidden = <input type="hidden" name="appointment" value={appointment} />
  const kept = sums ? moneyText(fee) : 'its share'
  return (
    <section class="card stack" aria-labelledby="call-off">
      <h2 id="call-off">Call this one off?</h2>
      <p>It is open again then, and its share stays paid. Everybody who takes part is told.</p>
      {givesWay.length > 0 && (
        <>
          <p>These follow it, and give way with it until it has its time again:</p>
          <ul>
            {givesWay.map(({ start, end }) => (
              <li class="figures" safe>
                {rangeText(start, end, zone)}
              </li>
            ))}
          </ul>
        </>
      )}
      <Post frame={frame} action={action}>
        {hidden}
        <input type="hidden" name="by" value="practice" />
        <button type="submit">We call it off</button>
      </Post>
      <p safe>
        {opens
          ? 'If the client has told you to, it is the same.'
          : `If the client has told you to, it is late: ${decideBy ? `you decide within 24 hours whether ${kept} is kept` : `${kept} is kept, and it does not take place any more`}.`}
      </p>
      <Post frame={frame} action={action}>
        {hidden}
        <input type="hidden" name="by" value="client" />
        {sums && <input type="hidden" name="fee" value={String(fee.amount)} />}
        <button class="plain" type="submit">
          The client calls it off
        </button>
      </Post>
      <p>
        <a href={`/console/bookings/${booking}`}>Keep it</a>
      </p>
    </section>
  )
}
