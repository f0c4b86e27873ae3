import type { RosterView } from '../../bookings/roster-schema.ts'
import { moneyText } from '../../kernel/money.ts'
import { Blocks, daysText } from '../components/blocks.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { stateMark } from './agenda-entry.tsx'
import { EditionChanges, GoOrNot } from './edition-changes.tsx'
import { namesText, Waiting } from './edition-line.tsx'
import { seatsText } from './editions.tsx'
import { NotMet } from './not-met.tsx'
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
  where,
  zone,
  fault
}: EditionProps & {
  therapists: readonly { slug: string; name: string }[]
  where: string
  fault: string | undefined
}) => (
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
          {roster.rest.length > 0 && (
            <p class="quiet" safe>
              {`Kept free afterwards: ${daysText(roster.rest, zone)}.`}
            </p>
          )}
          <p class="quiet" safe>
            {`With ${[roster.therapist, roster.with]
              .filter(slug => slug !== undefined)
              .map(slug => therapists.find(one => one.slug === slug)?.name ?? slug)
              .join(' and ')}. ${where}. ${couplesText(roster)}.`}
          </p>
        </section>
        {frame.may('change editions') && (
          <EditionChanges frame={frame} roster={roster} therapists={therapists} zone={zone} />
        )}
      </div>
    </div>
  </Layout>
)

/** `For one couple`, `From 3 to 6 couples`. */
function couplesText({ min, max }: Pick<EditionProps['roster'], 'min' | 'max'>): string {
  if (max === 1) return 'For one couple'
  return min === max ? `For ${max} couples` : `From ${min} to ${max} couples`
}

/** What was paid and what is still to be; nothing of a sum that is none. */
function paidText({ paid, owed }: Pick<EditionProps['roster']['items'][number], 'paid' | 'owed'>): string {
  const sums = [paid.amount > 0 && `${moneyText(paid)} paid`, owed.amount > 0 && `${moneyText(owed)} to come`]
  return sums.filter(Boolean).join(', ')
}

const Coming = ({ frame, roster }: EditionProps) => (
  <section aria-labelledby="coming">
    <h2 id="coming">Who comes</h2>
    {roster.items.length === 0 && <p class="quiet">Nobody yet.</p>}
    <ul class="types">
      {roster.items.map(item => (
        <li class="stack">
          <strong safe>{namesText(item.people)}</strong>
          <p class="figures" safe>
            {[stateMark(item.state) ?? item.state, paidText(item)].filter(Boolean).join(' · ')}
          </p>
          <NotMet words={item.notMeet} />
          {!!item.people && (
            <p class="small doings">
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
