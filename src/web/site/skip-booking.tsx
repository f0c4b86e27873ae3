import type { SkipQuote } from '../../bookings/quote-skip.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'
import { Sums } from './sums.tsx'

interface Props {
  frame: Frame
  booking: Shown
  appointment: string
  quote: SkipQuote
  /** Whether the reader is the one who pays: nobody else is told of sums. */
  pays: boolean
}

/** The exact sum before the click that skips, how many more are free this year, and what can be made up for. */
export const SkipForm = ({ frame, booking, appointment, quote, pays }: Props) => {
  const { refund, fee, decideBy, validUntil, freeLeft, free } = quote
  return (
    <div class="card stack">
      {pays && <Sums quote={quote} />}
      {pays && (
        <p safe>
          {freeLeft > 0
            ? `${free} in a calendar year can be skipped free of charge, in time. Before this one there are ${freeLeft} left.`
            : `The ${free} of this calendar year that can be skipped free of charge are used.`}
        </p>
      )}
      {pays && fee.amount > 0 && !decideBy && (
        <p>You can make up for it within a week of its own time: write to us, or choose a time once it is skipped.</p>
      )}
      {!pays && <p>The other gets a short note without your name or a reason.</p>}
      <p class="quiet small" hidden={!pays} safe>
        {`All your other times stay as they are. What you see here holds until ${untilText(validUntil, booking.zone)}.`}
      </p>
      <Post frame={frame} action={`/b/${booking.id}/skip`}>
        <input type="hidden" name="appointment" value={appointment} />
        {pays && <input type="hidden" name="refund" value={String(refund.amount)} />}
        <p class="actions">
          <button type="submit">Skip it</button>
          <a class="button plain" href={`/b/${booking.id}`}>
            Keep it
          </a>
        </p>
      </Post>
    </div>
  )
}
