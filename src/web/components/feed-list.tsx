import type { DateTime } from 'luxon'
import { dayText } from '../../notices/wording.ts'
import { Doing } from './doing.tsx'
import type { Frame } from './layout.tsx'

export interface ListedFeed {
  id: string
  /** What its entries say. */
  shows: string
  createdAt: DateTime
  /** The day of the last fetch; null where nobody has fetched it yet. */
  fetchedAt: DateTime | null
}

interface Props {
  frame: Frame
  feeds: readonly ListedFeed[]
  zone: string
  /** Where the feeds' forms go: `…/:feed/rotation` and `…/:feed/removal`. */
  action: string
  /** Only who holds the calendar gets a new address for it. */
  mayRotate: boolean
  /** Sent along with each form. */
  hidden?: Readonly<Record<string, string>> | undefined
}

/** Addresses that work now, each with the two things that can be done about it. */
export const FeedList = ({ frame, feeds, zone, action, mayRotate, hidden }: Props) => (
  <ul class="types spread">
    {feeds.map(({ id, shows, createdAt, fetchedAt }) => (
      <li>
        <p>
          <strong safe>{shows}</strong>
          <span class="small" safe>
            {`Made ${dayText(createdAt.setZone(zone))}, ${usedText(fetchedAt, zone)}`}
          </span>
        </p>
        <div class="doings">
          {mayRotate && (
            <Doing
              frame={frame}
              action={`${action}/${id}/rotation`}
              does="New address"
              of={`${shows}, made ${dayText(createdAt.setZone(zone))}`}
              hidden={hidden}
            />
          )}
          <Doing
            frame={frame}
            action={`${action}/${id}/removal`}
            does="End it"
            of={`${shows}, made ${dayText(createdAt.setZone(zone))}`}
            hidden={hidden}
          />
        </div>
      </li>
    ))}
  </ul>
)

function usedText(fetchedAt: DateTime | null, zone: string): string {
  return fetchedAt ? `last fetched ${dayText(fetchedAt.setZone(zone))}` : 'not fetched yet'
}
