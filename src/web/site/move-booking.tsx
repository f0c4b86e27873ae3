import type { DateTime } from 'luxon'
import { needsYes } from '../../bookings/moving.ts'
import type { BackView } from '../../bookings/read-back.ts'
import { isoUtc } from '../../kernel/time.ts'
import type { Frame } from '../components/layout.tsx'
import { datedPolicyText } from '../components/policy-words.ts'
import { Post } from '../components/post.tsx'
import { When } from '../components/when.tsx'
import { whichOf } from './occurrences.tsx'
import type { Shown } from './shown.ts'

interface Props {
  frame: Frame
  booking: Shown
  /** The appointment that is moved. */
  about: Shown['appointments'][number]
  start: DateTime
  /** What goes elsewhere with it, in sentences. */
  follows: readonly string[]
  /** What a cancellation gives back once it is there; nothing for who does not pay. */
  back: BackView | undefined
  /** Who is asked first, if anybody is. */
  asks: 'us' | 'the other' | false
}

/** The new time, and the exact sums and dates of a cancellation before and after, before the click that moves it. */
export const MoveForm = ({ frame, booking, about, start, follows, back, asks }: Props) => {
  const { id, zone, practiceZone, policy } = booking
  const end = start.plus(about.end.diff(about.start))
  const which = whichOf(booking, about)
  const then = back && datedPolicyText(back.ahead, back.paid, zone)
  return (
    <div class="card stack">
      <When start={start} end={end} zone={zone} practiceZone={practiceZone} />
      {follows.map(sentence => (
        <p class="small" safe>
          {sentence}
        </p>
      ))}
      {!!then && (
        <>
          <h2>If you cancel</h2>
          <dl class="facts">
            <dt>Moved</dt>
            <dd class="figures" safe>
              {then}
            </dd>
            {!!policy && policy !== then && (
              <>
                <dt>As it is</dt>
                <dd class="figures" safe>
                  {policy}
                </dd>
              </>
            )}
          </dl>
        </>
      )}
      <p class="quiet small" safe>
        {[
          asks === 'us' && 'Until we say yes, the appointment stays as it is.',
          asks === 'the other' && 'Until everybody has said yes, the appointment stays as it is.',
          asks && back && 'The sums and dates above are those of a yes that comes now.',
          back && 'Nothing is to be paid again.'
        ]
          .filter(Boolean)
          .join(' ')}
      </p>
      {!!which && booking.skippable && about.ahead && (
        <p>
          <a href={`/b/${id}/later?${new URLSearchParams({ appointment: which, start: isoUtc(start) })}`}>
            {asks ? 'Ask for this and all later ones' : 'Move this and all later ones'}
          </a>
        </p>
      )}
      <Post frame={frame} action={`/b/${id}/move`}>
        {!!which && <input type="hidden" name="appointment" value={which} />}
        <input type="hidden" name="start" value={isoUtc(start)} />
        {back ? (
          <input type="hidden" name="back" value={String(back.ahead[0]?.back.amount ?? 0)} />
        ) : (
          <input type="hidden" name="sure" value="yes" />
        )}
        <p class="actions">
          <button type="submit">{asks ? 'Ask for this time' : 'Move the appointment'}</button>
          <a
            class="button plain"
            href={`/b/${id}/move?${new URLSearchParams({ from: start.setZone(zone).toFormat('yyyy-LL-dd'), ...(which && { appointment: which }) })}`}
          >
            Choose another time
          </a>
        </p>
      </Post>
    </div>
  )
}

/** What choosing a time does, above the times. */
export function introText(forTwo: boolean, asks: boolean): string {
  if (forTwo)
    return 'Choose a time. It is asked of the other of you; until then, and without an answer, the appointment stays as it is.'
  return asks
    ? 'The time for free changes is over, so we are asked first. Until we say yes, the appointment stays as it is.'
    : 'Choose a time. Before it is moved, you see what comes back until when if you cancel. Nothing is to be paid again.'
}

/** Whether we are asked before it is moved; never for what makes up for a skipped one. */
export function needsOurYes(
  type: Parameters<typeof needsYes>[1],
  { makeable, start }: Shown['appointments'][number],
  now: DateTime,
  zone: string
): boolean {
  return !makeable && needsYes('client', type, start, now, zone)
}
