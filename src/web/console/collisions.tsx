import type { DateTime } from 'luxon'
import type { CollisionFacts } from '../../bookings/collisions.ts'
import { moneyText } from '../../kernel/money.ts'
import { Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { rangeText, untilText } from '../components/words.ts'
import { whoseText } from './whose.ts'

interface Props {
  frame: Frame
  therapist: { slug: string; zone: string }
  /** Where the answers go, and what goes with them. */
  action: string
  hidden: Readonly<Record<string, string>>
  title: string
  /** What sends them, and what leaves everything. */
  does: string
  leave: string
  collisions: readonly CollisionFacts[]
  dates: readonly { id: string; start: DateTime; end: DateTime }[]
}

/** What an absence is in the way of, before anything is done: for each what could become of it, with its exact consequence. */
export const Collisions = ({ frame, therapist, collisions, dates, ...form }: Props) => (
  <section class="card stack section" aria-labelledby="there-is">
    <h2 id="there-is" safe>
      {form.title}
    </h2>
    <p>Nothing is changed yet. Say what becomes of each; those who are concerned get a mail.</p>
    {dates.map(({ id, start, end }) => (
      <p>
        <a href={`/console/editions/${id}`} safe>
          {`Dates for several couples, ${whenText(start, end, therapist.zone)}`}
        </a>{' '}
        stay where they are: move or cancel them on their own page.
      </p>
    ))}
    <Post frame={frame} action={form.action} novalidate>
      <SentOnce />
      <input type="hidden" name="therapist" value={therapist.slug} />
      {Object.entries(form.hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {collisions.map(collision => (
        <Collision collision={collision} zone={therapist.zone} />
      ))}
      <p class="actions">
        <button type="submit" safe>
          {form.does}
        </button>
      </p>
    </Post>
    <p>
      <a href={form.leave}>Leave everything as it is</a>
    </p>
  </section>
)

const Collision = ({ collision, zone }: { collision: CollisionFacts; zone: string }) => {
  const { booking, appointment, start, end, view, choices } = collision
  const options = [...wordsOf(collision, zone)]
  return (
    <fieldset>
      <legend safe>{[whenText(start, end, zone), whoseText(view, appointment)].filter(Boolean).join(' · ')}</legend>
      {booking.state !== 'confirmed' && (
        <p class="small">
          <a href={`/console/bookings/${booking.id}`}>
            {booking.state === 'requested'
              ? 'Not confirmed yet: accept or decline it on its own page'
              : 'Not paid or confirmed yet: see its own page'}
          </a>
        </p>
      )}
      {!!collision.nearest && (
        <input type="hidden" name={`start-${appointment}`} value={collision.nearest.toISO() ?? ''} />
      )}
      {options.map(([choice, words]) => (
        <Tick
          name={`choice-${appointment}`}
          id={`choice-${appointment}-${choice}`}
          type="radio"
          value={choice}
          checked={choice === (choices[0] === 'propose' ? 'propose' : 'keep')}
        >
          <span safe>{words}</span>
        </Tick>
      ))}
    </fieldset>
  )
}

function wordsOf({ booking, choices, opens, nearest, refund, view }: CollisionFacts, zone: string): [string, string][] {
  const to = nearest ? untilText(nearest, zone) : ''
  const back =
    view.price && refund.amount > 0 ? `${moneyText(refund)} goes back` : 'nothing was paid that could go back'
  const all: [string, string][] = [
    ['propose', `Ask them about ${to}. Until they answer it stays where it is`],
    ['move', `Move it to ${to} now`],
    opens
      ? ['cancel', 'Call it off: another time is chosen for it, and its share stays paid']
      : [
          'cancel',
          booking.state === 'requested'
            ? 'Decline it: nothing was charged'
            : `Cancel it: ${view.price ? back : 'all that was paid goes back'}`
        ]
  ]
  return [...all.filter(([choice]) => choices.some(one => one === choice)), ['keep', 'Leave it as it is']]
}

/** One stretch, or from the first of what belongs together to the last. */
function whenText(start: DateTime, end: DateTime, zone: string): string {
  return end.diff(start, 'hours').hours < 24
    ? rangeText(start, end, zone)
    : `${untilText(start, zone)} – ${untilText(end, zone)}`
}
