import type { CallOffQuote } from '../../bookings/quote-call-off.ts'
import { moneyText } from '../../kernel/money.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText, untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'

interface Props {
  frame: Frame
  booking: Shown
  appointment: string
  quote: CallOffQuote
  /** Whether the reader is the one who pays: nobody else is told of sums. */
  pays: boolean
}

/** What calling off one step means, before the click: what is kept, and which times give way with it. */
export const CallOffForm = ({ frame, booking, appointment, quote, pays }: Props) => {
  const { fee, refund, decideBy, validUntil, opens, givesWay } = quote
  return (
    <div class="card stack">
      {opens && <p>Its time is free then, and you choose another one for it. There is nothing more to pay.</p>}
      {!opens && !!decideBy && (
        <p>
          It is near. The practice looks at it within 24 hours: either you choose another time for it, or it does not
          take place any more. If the practice says nothing, you choose another time.
        </p>
      )}
      {!opens && !decideBy && <p>It is near. It does not take place any more then, and its share is kept.</p>}
      {pays && !opens && (
        <dl class="facts">
          <dt>{decideBy ? 'The practice decides about' : 'We keep'}</dt>
          <dd class="figures" safe>
            {moneyText(fee)}
          </dd>
          {refund.amount > 0 && (
            <>
              <dt>The rest of its share</dt>
              <dd class="figures" safe>
                {moneyText(refund)}
              </dd>
            </>
          )}
        </dl>
      )}
      {givesWay.length > 0 && (
        <section aria-labelledby="way">
          <h2 id="way">These follow it, and give way with it</h2>
          <ul>
            {givesWay.map(({ start, end }) => (
              <li class="figures" safe>
                {rangeText(start, end, booking.zone)}
              </li>
            ))}
          </ul>
          <p>Each gets another time once this one has one. There is nothing more to pay for them.</p>
        </section>
      )}
      <p>
        If only the hour does not suit you:{' '}
        <a href={`/b/${booking.id}/move?appointment=${appointment}`}>change the time</a>, and the others stay as they
        are.
      </p>
      <p class="quiet small" safe>
        {`Whoever takes part gets a short note, without a name or a reason. What you see here holds until ${untilText(validUntil, booking.zone)}.`}
      </p>
      <Post frame={frame} action={`/b/${booking.id}/call-off`}>
        <input type="hidden" name="appointment" value={appointment} />
        {pays && <input type="hidden" name="fee" value={String(fee.amount)} />}
        <p class="actions">
          <button type="submit">Call it off</button>
          <a class="button plain" href={`/b/${booking.id}`}>
            Keep it
          </a>
        </p>
      </Post>
    </div>
  )
}
