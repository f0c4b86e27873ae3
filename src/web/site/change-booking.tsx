import type { Children } from '@kitajs/html'
import type { CancellationQuoteView } from '../../bookings/change-schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText, untilText } from '../components/words.ts'
import type { Shown } from './shown.ts'
import { Sums } from './sums.tsx'

/** The frame of both pages: what it is about, and the way back. */
export const ChangePage = ({
  frame,
  booking: { id, appointments, zone },
  about,
  heading,
  fault,
  children
}: {
  frame: Frame
  booking: Shown
  /** The one of several that it is about, or null for none; else all that is ahead. */
  about?: Shown['appointments'][number] | null
  heading: string
  fault?: string | undefined
  children: Children
}) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <a class="back" href={`/b/${id}`}>
        <ArrowLeft /> Your appointment
      </a>
      <h1 safe>{heading}</h1>
      {!!fault && (
        <p class="notice" role="alert" safe>
          {fault}
        </p>
      )}
      {(about === undefined
        ? appointments.filter(({ ahead }, _, all) => ahead || all.length === 1)
        : [about ?? []].flat()
      ).map(({ start, end }) => (
        <p class="lede" safe>{`It is now on ${rangeText(start, end, zone)}.`}</p>
      ))}
      {children}
    </div>
  </Layout>
)

/** The exact sum before the click, and until when it holds. */
export const CancelForm = ({
  frame,
  booking,
  quote,
  pays
}: {
  frame: Frame
  booking: Shown
  quote: CancellationQuoteView
  /** Whether the reader is the one who pays: nobody else is told of sums. */
  pays: boolean
}) => {
  const { refund, owed, validUntil, decideBy } = quote
  return (
    <div class="card stack">
      {pays && (
        <Sums quote={quote}>
          {!!owed && (
            <>
              <dt>Still to be paid for what took place</dt>
              <dd class="figures" safe>
                {moneyText(owed)}
              </dd>
            </>
          )}
        </Sums>
      )}
      {pays && !!decideBy && (
        <p>
          A late fee of an appointment for two is never kept by itself: the practice looks at it within 24 hours, and if
          it says nothing, it goes back to you as well.
        </p>
      )}
      {!pays && <p>The other gets a short note without your name or a reason.</p>}
      <p class="quiet small" hidden={!pays} safe>
        {`${refund.amount > 0 ? 'It goes back to the card with which it was paid; banks take some days to show it. ' : ''}What you see here holds until ${untilText(validUntil, booking.zone)}.`}
      </p>
      <Post frame={frame} action={`/b/${booking.id}/cancellation`}>
        {pays && <input type="hidden" name="refund" value={String(refund.amount)} />}
        <p class="actions">
          <button type="submit">{booking.series ? 'End them' : 'Cancel the appointment'}</button>
          <a class="button plain" href={`/b/${booking.id}`}>
            {booking.series ? 'Keep them' : 'Keep it'}
          </a>
        </p>
      </Post>
    </div>
  )
}
