import { deadAfterDays } from '../../calendars/feed.ts'
import type { FeedAddress } from '../../calendars/make-feed.ts'
import { NewFeedAddress } from '../components/feed-address.tsx'
import { FeedList, type ListedFeed } from '../components/feed-list.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'

interface Props {
  frame: Frame
  booking: string
  feeds: readonly ListedFeed[]
  zone: string
  /** What was just made, shown once. */
  address: FeedAddress | undefined
  fault: string | undefined
}

/** The booker's own calendar, to which an app subscribes. */
export const FeedPage = ({ frame, booking, feeds, zone, address, fault }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <section>
        <a class="back" href={`/b/${booking}`}>
          <ArrowLeft /> Your appointment
        </a>
        <h1>In your calendar, by itself</h1>
        <p class="lede">
          An address to which your calendar app subscribes. When a time changes, your calendar follows.
        </p>
        <p>
          The entries say <em>Appointment</em> and the time, and nothing else, unless you asked us for plainer words.
          Whoever has the address can read them, so keep it to yourself.
        </p>
      </section>
      {!!fault && (
        <p class="note warn" role="alert" safe>
          {fault}
        </p>
      )}
      {address ? (
        <NewFeedAddress address={address} />
      ) : (
        <Make frame={frame} booking={booking} again={feeds.length > 0} />
      )}
      {feeds.length > 0 && (
        <section aria-labelledby="there">
          <h2 id="there">Addresses that work now</h2>
          <FeedList frame={frame} feeds={feeds} zone={zone} action={`/b/${booking}/feed`} mayRotate />
          <p class="quiet small">{`One that nothing fetches for ${deadAfterDays} days ends by itself.`}</p>
        </section>
      )}
    </div>
  </Layout>
)

const Make = ({ frame, booking, again }: { frame: Frame; booking: string; again: boolean }) => (
  <Post frame={frame} action={`/b/${booking}/feed`}>
    <SentOnce />
    <button class={again ? 'plain' : undefined} type="submit">
      {again ? 'Make another address' : 'Make an address'}
    </button>
  </Post>
)
