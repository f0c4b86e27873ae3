import { Tick } from '../components/fields.tsx'
import { Post } from '../components/post.tsx'
import { untilText } from '../components/words.ts'
import type { EditionProps } from './edition.tsx'
import { NotMet } from './not-met.tsx'

export const namesText = (people: readonly { name: string }[] | undefined) =>
  people?.map(({ name }) => name).join(' and ') || 'A couple'

/** Who waits, in line; apart from those whose address nobody has confirmed. */
export const Waiting = ({ frame, roster, zone }: EditionProps) => {
  const proven = roster.waitlist?.filter(entry => entry.proven) ?? []
  const unproven = roster.waitlist?.filter(entry => !entry.proven) ?? []
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting">Who waits</h2>
      {proven.length === 0 && <p class="quiet">Nobody.</p>}
      <ol class="types">
        {proven.map(entry => (
          <Place frame={frame} roster={roster} zone={zone} entry={entry} />
        ))}
      </ol>
      {unproven.length > 0 && (
        <details>
          <summary safe>{`${unproven.length} more, whose address nobody has confirmed`}</summary>
          <p class="quiet">
            No place is kept for them before they press the button of our mail, or before you know them. After three
            days they are forgotten.
          </p>
          <ol class="types">
            {unproven.map(entry => (
              <Place frame={frame} roster={roster} zone={zone} entry={entry} />
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

const Place = ({
  frame,
  roster,
  zone,
  entry
}: EditionProps & { entry: NonNullable<EditionProps['roster']['waitlist']>[number] }) => (
  <li class="stack">
    <strong safe>{namesText(entry.people)}</strong>
    <p class="figures" safe>
      {`${entry.state}${entry.until ? ` until ${untilText(entry.until, zone)}` : ''} · since ${untilText(entry.since, zone)}${entry.approved ? ' · you know them' : ''}`}
    </p>
    <NotMet words={entry.notMeet} />
    {frame.may('approve bookings') && !entry.approved && (entry.state === 'waiting' || entry.state === 'offered') && (
      <Post frame={frame} action={`/console/editions/${roster.id}/line/${entry.id}/approval`}>
        {roster.afterCalls && (
          <Tick name="spokenWithEach" id={`spoken-${entry.id}`}>
            I have spoken with each of the two, alone
          </Tick>
        )}
        <button class="link small" type="submit">
          We know them: a place needs no further approval
          <span class="unseen" safe>{`, ${namesText(entry.people)}`}</span>
        </button>
      </Post>
    )}
  </li>
)
