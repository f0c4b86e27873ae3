import type { BookingState } from '../../../db/schema/bookings.ts'
import { areHeld } from '../../bookings/calls.ts'
import { dayText } from '../../notices/wording.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { timeText } from '../components/words.ts'
import type { AgendaEntry } from './agenda.tsx'
import { callTexts } from './client-calls.tsx'

/** A state in the words of staff, where it says more than the time itself. */
export function stateMark(state: BookingState): string | undefined {
  return marks[state]
}

/** How a state is told to staff; what is certain needs no mark. */
const marks: Partial<Record<BookingState, string>> = {
  requested: 'asked for',
  held: 'not paid or confirmed yet',
  releasing: 'payment being asked',
  completed: 'took place',
  no_show: 'nobody came',
  cancelled: 'cancelled',
  expired: 'not confirmed in time',
  declined: 'declined'
}

interface Props {
  frame: Frame
  entry: AgendaEntry
  /** With the day, where no day stands above. */
  dated?: boolean
}

export const Entry = ({ frame, entry, dated = false }: Props) => {
  const {
    booking,
    appointment,
    several,
    start,
    end,
    names,
    alone,
    type,
    place,
    state,
    mayAnswer,
    calls,
    waitsForOther,
    asksToMove,
    verified
  } = entry
  const asked = waitsForOther && !mayAnswer ? 'suggested, waits for the other' : marks[state]
  const isWaiting = calls.length > 0 && !areHeld(calls)
  const mark = asksToMove ? 'asks for another time' : asked
  return (
    <div class="entry">
      <time datetime={start.toISO() ?? undefined} safe>
        {`${dated ? `${dayText(start)}, ` : ''}${timeText(start, end)}`}
      </time>
      <div>
        <a href={`/console/bookings/${booking}${several ? `?appointment=${appointment}` : ''}`}>
          <strong safe>{names ?? 'Taken'}</strong>
        </a>{' '}
        <span class={state === 'requested' || asksToMove ? 'tag open' : 'tag'} hidden={!mark} safe>
          {mark ?? ''}
        </span>
        {verified === false && <span class="tag open">by link, not verified</span>}
        <p class="quiet small" safe>
          {[alone, type, dated && several && 'the first of several times', place].filter(Boolean).join(' · ')}
        </p>
        {mayAnswer && isWaiting && (
          <p class="small" safe>
            {`A private call with each comes first. ${callTexts(calls, start.zoneName ?? '').join('. ')}.`}
          </p>
        )}
        {mayAnswer && <Answer frame={frame} booking={booking} onlyNo={isWaiting} />}
      </div>
    </div>
  )
}

interface AnswerProps {
  frame: Frame
  booking: string
  /** Something comes first: it can only be declined; or, where it is the practice's own, be said to have been. */
  onlyNo?: boolean
  spoken?: boolean
}

/** The practice's yes or no to a request. */
export const Answer = ({ frame, booking, onlyNo = false, spoken = false }: AnswerProps) => (
  <Post frame={frame} action={`/console/bookings/${booking}/approval`} class="actions">
    {!onlyNo && (
      <button type="submit" name="answer" value="accept">
        Accept
      </button>
    )}
    {onlyNo && spoken && (
      <button class="plain" type="submit" name="answer" value="spoken">
        Accept: I have spoken with each of the two, alone
      </button>
    )}
    <button class="plain" type="submit" name="answer" value="decline">
      Decline
    </button>
  </Post>
)
