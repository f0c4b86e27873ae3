import { deadAfterDays } from '../../calendars/feed.ts'
import type { FeedAddress } from '../../calendars/make-feed.ts'
import { NewFeedAddress } from '../components/feed-address.tsx'
import { FeedList, type ListedFeed } from '../components/feed-list.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { Fault, Portal } from './portal.tsx'

interface Props {
  frame: Frame
  feeds: readonly ListedFeed[]
  zone: string
  /** What was just made, shown once. */
  address: FeedAddress | undefined
  fault: string | undefined
}

/** A person's calendar, to which an app subscribes. */
export const OwnFeeds = ({ frame, feeds, zone, address, fault }: Props) => (
  <Portal frame={frame} here="/me/feeds">
    <section>
      <h1>In your calendar, by itself</h1>
      <p class="lede">An address to which your calendar app subscribes. When a time changes, your calendar follows.</p>
      <p>Whoever has the address can read the entries, so keep it to yourself. It ends when you change your e-mail.</p>
    </section>
    <Fault fault={fault} />
    {address ? (
      <NewFeedAddress address={address} />
    ) : (
      <Post frame={frame} action="/me/feeds">
        <SentOnce />
        <button class={feeds.length > 0 ? 'plain' : undefined} type="submit">
          {feeds.length > 0 ? 'Make another address' : 'Make an address'}
        </button>
      </Post>
    )}
    {feeds.length > 0 && (
      <section aria-labelledby="there">
        <h2 id="there">Addresses that work now</h2>
        <FeedList frame={frame} feeds={feeds} zone={zone} action="/me/feeds" mayRotate />
        <p class="quiet small">{`One that nothing fetches for ${deadAfterDays} days ends by itself.`}</p>
      </section>
    )}
  </Portal>
)
