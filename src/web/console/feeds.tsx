import { deadAfterDays, type FeedScope, type FeedStyle } from '../../calendars/feed.ts'
import type { FeedAddress } from '../../calendars/make-feed.ts'
import { NewFeedAddress } from '../components/feed-address.tsx'
import { FeedList, type ListedFeed } from '../components/feed-list.tsx'
import { Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'

/** What a therapist's calendar can say, in the order of how much. */
export const choices = {
  code: { title: 'A code', listed: 'With a code', hint: 'Appointment 4F2A9C, as in the mails to you.' },
  initials: { title: 'Initials', listed: 'With initials', hint: 'Appointment J. D.' },
  names: {
    title: 'Full names',
    listed: 'With full names',
    hint: 'Appointment Jo Delgado. Whoever sees that calendar sees who comes.'
  },
  busy: {
    title: 'Busy, and nothing else',
    listed: 'Busy times',
    hint: 'To share with somebody who needs to know when you are free.'
  }
} as const

export type Choice = keyof typeof choices

export const choiceOf = (scope: FeedScope, style: FeedStyle): Choice => (scope === 'busy' ? 'busy' : style)

interface Props {
  frame: Frame
  therapist: { slug: string; name: string; zone: string }
  /** The reader is this therapist. */
  isOwn: boolean
  feeds: readonly ListedFeed[]
  /** What was just made, shown once. */
  address: FeedAddress | undefined
  fault: string | undefined
}

/** The calendars that apps subscribe to: which there are, and a new one. */
export const FeedsPage = ({ frame, therapist, isOwn, feeds, address, fault }: Props) => (
  <Layout frame={frame} title="Calendars" kind="staff" here="/console/feeds">
    <h1>Calendars</h1>
    <p class="lede" safe>
      {`${isOwn ? 'Your' : `${therapist.name}’s`} confirmed appointments in a calendar app, which follows every change by itself.`}
    </p>
    <p class="small">
      Another calendar can close times here:{' '}
      <a href={`/console/outside-calendars?therapist=${therapist.slug}`}>Busy elsewhere</a>
    </p>
    {!!fault && (
      <p class="note warn" role="alert" safe>
        {fault}
      </p>
    )}
    {!!address && <NewFeedAddress address={address} />}
    <div class="pair section">
      <section aria-labelledby="there">
        <h2 id="there">Addresses that work now</h2>
        {feeds.length === 0 ? (
          <p class="quiet">None yet. Make one for each device or app, so that you can end each for itself.</p>
        ) : (
          <FeedList
            frame={frame}
            feeds={feeds}
            zone={therapist.zone}
            action="/console/feeds"
            mayRotate={isOwn}
            hidden={{ therapist: therapist.slug }}
          />
        )}
        <p class="quiet small">
          {`Whoever has an address can read its calendar. One that nothing fetches for ${deadAfterDays} days ends by itself.`}
        </p>
      </section>
      {isOwn && <NewFeed frame={frame} therapist={therapist.slug} />}
    </div>
  </Layout>
)

const NewFeed = ({ frame, therapist }: { frame: Frame; therapist: string }) => (
  <section class="card" aria-labelledby="new">
    <h2 id="new">A new address</h2>
    <Post frame={frame} action="/console/feeds">
      <SentOnce />
      <input type="hidden" name="therapist" value={therapist} />
      <fieldset>
        <legend>What an entry says</legend>
        {Object.entries(choices).map(([value, { title, hint }]) => (
          <Tick name="shows" id={`shows-${value}`} type="radio" value={value} checked={value === 'code'}>
            {title}
            <span class="hint small quiet">{hint}</span>
          </Tick>
        ))}
      </fieldset>
      <p class="actions">
        <button type="submit">Make the address</button>
      </p>
    </Post>
  </section>
)
