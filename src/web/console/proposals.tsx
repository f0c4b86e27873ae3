import type { ProposalView } from '../../bookings/private-proposal-schema.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { priceText, untilText } from '../components/words.ts'

interface Props {
  frame: Frame
  items: readonly ProposalView[]
  /** What each session type is called, by its short name. */
  types: ReadonlyMap<string, string>
  zone: string
}

const states: Readonly<Record<ProposalView['state'], string>> = {
  open: 'Waits for an answer',
  accepted: 'Accepted',
  declined: 'Would rather not',
  lapsed: 'Not answered in time',
  withdrawn: 'Taken back'
}

/** What was proposed to whom, and what came of it; the newest first. */
export const Proposals = ({ frame, items, types, zone }: Props) => (
  <Layout frame={frame} title="Proposals" kind="staff" here="/console">
    <h1>Proposals</h1>
    <p class="lede">A session at its own price or at its own times, for one person, by a discreet link.</p>
    <p class="actions">
      <a class="button" href="/console/proposals/new">
        New proposal
      </a>
    </p>
    {items.length === 0 && <p class="quiet">None yet.</p>}
    {items.map(item => (
      <section class="card" aria-labelledby={`p-${item.id}`}>
        <h2 id={`p-${item.id}`} safe>
          {item.name || 'No name given'}
        </h2>
        <p safe>
          {[
            states[item.state],
            types.get(item.sessionType),
            priceText(item.price),
            `until ${untilText(item.until, zone)}`
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
        <ul class="figures">
          {item.starts.map(start => (
            <li safe>{untilText(start, zone)}</li>
          ))}
        </ul>
        {item.state === 'open' && (
          <p class="quiet small">
            {item.held ? 'These times are kept until then.' : 'These times are not kept: somebody may book them.'}
          </p>
        )}
        {!!item.url && (
          <p class="address">
            <code safe>{item.url}</code>
          </p>
        )}
        {item.state === 'open' && (
          <Post frame={frame} action={`/console/proposals/${item.id}/withdrawal`}>
            <button class="link small" type="submit">
              Take it back<span class="unseen" safe>{` from ${item.name}`}</span>
            </button>
          </Post>
        )}
        {!!item.booking && (
          <p>
            <a href={`/console/bookings/${item.booking}`}>The booking</a>
          </p>
        )}
      </section>
    ))}
  </Layout>
)
