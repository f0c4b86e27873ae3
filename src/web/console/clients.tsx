import type { Client } from '../../clients/read-clients.ts'
import { dayText } from '../../notices/wording.ts'
import { type Frame, Layout } from '../components/layout.tsx'

interface Props {
  frame: Frame
  items: readonly Client[]
  next: string | null
  zone: string
}

/** Clients, the newest first: one or two persons each. */
export const Clients = ({ frame, items, next, zone }: Props) => (
  <Layout frame={frame} title="Clients" kind="staff" here="/console/clients">
    <h1>Clients</h1>
    {items.length === 0 && <p class="quiet">Nobody yet.</p>}
    <ul class="types spread">
      {items.map(client => (
        <li>
          <a href={`/console/clients/${client.id}`} safe>
            {namesOf(client)}
          </a>
          <span class="quiet small" safe>
            {[kindText(client), `since ${dayText(client.createdAt.setZone(zone))}`].join(' · ')}
          </span>
          {!client.closedAt && (
            <span class="doings small">
              <a href={`/console/new-booking?client=${client.id}`}>
                Book<span class="unseen" safe>{` for ${namesOf(client)}`}</span>
              </a>
              {frame.may('propose privately') && (
                <a href={`/console/proposals/new?client=${client.id}`}>
                  Propose<span class="unseen" safe>{` to ${namesOf(client)}`}</span>
                </a>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
    {!!next && (
      <p>
        <a href={`/console/clients?after=${next}`}>Earlier ones</a>
      </p>
    )}
  </Layout>
)

/** `Jo and Sam`. */
export function namesOf({ members }: Client): string {
  return members.map(({ name }) => name || 'No name given').join(' and ') || 'No name given'
}

/** In the words of staff: whether it is one or two, and whether it has ended. */
export function kindText({ kind, closedAt, confirmation }: Client): string {
  const who = kind === 'couple' ? 'for two' : 'alone'
  return [who, ...(confirmation === 'by_hand' ? ['confirmed personally'] : []), ...(closedAt ? ['ended'] : [])].join(
    ' · '
  )
}
