import type { RosterView } from '../../bookings/roster-schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { Blocks, daysText } from '../components/blocks.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { untilText } from '../components/words.ts'
import { stateMark } from './agenda-entry.tsx'
import { EditionChanges, GoOrNot } from './edition-changes.tsx'
import { seatsText } from './editions.tsx'
import { TransferForm } from './transfer-form.tsx'

export interface EditionProps {
  frame: Frame
  roster: RosterView
  zone: string
}

/** One edition: what is to be decided, who comes and what they have paid, who waits, and what can be changed. */
export const EditionPage = ({
  frame,
  roster,
  therapists,
  zone,
  fault
}: EditionProps & { therapists: readonly { slug: string; name: string }[]; fault: string | undefined }) => (
  <Layout frame={frame} title="Dates" kind="staff" here="/console/editions">
    <a class="back" href="/console/editions">
      <ArrowLeft /> All dates
    </a>
    <h1 safe>{daysText(roster.appointments, zone)}</h1>
    <p class="lede" safe>
      {seatsText(roster)}
    </p>
    {!!fault && (
      <p class="notice" role="alert" safe>
        {fault}
      </p>
    )}
    <div class="pair section">
      <div class="stack">
        <GoOrNot frame={frame} roster={roster} zone={zone} />
        <Coming frame={frame} roster={roster} zone={zone} />
        {!!roster.waitlist && <Waiting frame={frame} roster={roster} zone={zone} />}
      </div>
      <div class="stack">
        <section class="card" aria-labelledby="when">
          <h2 id="when">When and where</h2>
          <Blocks blocks={roster.appointments} zone={zone} />
          <p class="quiet" safe>
            {`With ${[roster.therapist, roster.with]
              .filter(slug => slug !== undefined)
              .map(slug => therapists.find(one => one.slug === slug)?.name ?? slug)
              .join(' and ')}, at ${roster.place}. From ${roster.min} to ${roster.max} couples.`}
          </p>
        </section>
        {frame.may('change editions') && (
          <EditionChanges frame={frame} roster={roster} therapists={therapists} zone={zone} />
        )}
      </div>
    </div>
  </Layout>
)

const namesText = (people: readonly { name: string }[] | undefined) =>
  people?.map(({ name }) => name).join(' and ') || 'A couple'

const Coming = ({ frame, roster }: EditionProps) => (
  <section aria-labelledby="coming">
    <h2 id="coming">Who comes</h2>
    {roster.items.length === 0 && <p class="quiet">Nobody yet.</p>}
    <ul class="types">
      {roster.items.map(item => (
        <li class="stack">
          <strong safe>{namesText(item.people)}</strong>
          <p class="figures" safe>
            {`${stateMark(item.state) ?? item.state} · ${moneyText(item.paid)} paid, ${moneyText(item.owed)} to come`}
          </p>
          {!!item.people && (
            <p class="small">
              <a href={`/console/bookings/${item.booking}`}>
                Open<span class="unseen" safe>{` the booking of ${namesText(item.people)}`}</span>
              </a>
            </p>
          )}
          {frame.may('change editions') && <TransferForm frame={frame} roster={roster} item={item} />}
        </li>
      ))}
    </ul>
  </section>
)

const Waiting = ({ frame, roster, zone }: EditionProps) => {
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
    {frame.may('approve bookings') && !entry.approved && (entry.state === 'waiting' || entry.state === 'offered') && (
      <Post frame={frame} action={`/console/editions/${roster.id}/line/${entry.id}/approval`}>
        <button class="link small" type="submit">
          We know them: a place needs no further approval
          <span class="unseen" safe>{`, ${namesText(entry.people)}`}</span>
        </button>
      </Post>
    )}
  </li>
)
