import type { InboxItem } from '../../clients/inbox.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { rangeText, untilText } from '../components/words.ts'

interface Props {
  frame: Frame
  items: readonly InboxItem[]
  zone: string
}

const names = { question: 'A question', concern: 'A concern', times: 'Times that would suit' } as const

/** What was said by partners' links, danger first. Whose words they are is not known. */
export const Inbox = ({ frame, items, zone }: Props) => (
  <Layout frame={frame} title="Inbox" kind="staff" here="/console/inbox">
    <h1>Inbox</h1>
    <p class="lede">
      What came by a partner’s page, for you alone. By link, not verified: whoever has the link may have written it,
      also who made it.
    </p>
    {items.length === 0 && <p class="quiet">Nothing yet. When somebody asks or says something, you find it here.</p>}
    <div class="stack narrow-start">
      {items.map(item => (
        <Item frame={frame} item={item} zone={zone} />
      ))}
    </div>
  </Layout>
)

const Item = ({ frame, item, zone }: { frame: Frame; item: InboxItem; zone: string }) => {
  const { id, kind, concern, words, windows, messages, waiting, createdAt, audience } = item
  const isDanger = concern === 'not_free'
  return (
    <article class={isDanger ? 'card note warn' : 'card'} id={`i-${id}`} aria-labelledby={`h-${id}`}>
      <p class="over" safe>
        {[untilText(createdAt, zone), waiting ? 'waits for you' : 'answered', 'by link, not verified'].join(' · ')}
      </p>
      <h2 id={`h-${id}`}>{isDanger ? 'Perhaps not safe' : kind in names ? names[kind as keyof typeof names] : ''}</h2>
      {!!concern && (
        <p>
          <strong safe>{concernWords[concern].label}</strong>
        </p>
      )}
      {!!words && (
        <p class="typed" safe>
          {words}
        </p>
      )}
      {windows.length > 0 && (
        <ul>
          {windows.map(({ start, end }) => (
            <li class="figures" safe>
              {rangeText(start, end, zone)}
            </li>
          ))}
        </ul>
      )}
      {audience === 'inviter' && <p class="small quiet">They chose to show this to who gave them the page.</p>}
      {isDanger && (
        <p class="small">
          Nobody was mailed a word of this, and nobody else is shown it. A reply is told to no address either.
        </p>
      )}
      {messages.map(({ from, words, at }) => (
        <blockquote>
          <p class="over" safe>{`${from === 'practice' ? 'You' : 'They'}, ${untilText(at, zone)}`}</p>
          <p class="typed" safe>
            {words}
          </p>
        </blockquote>
      ))}
      <Post frame={frame} action={`/console/inbox/${id}/replies`}>
        <SentOnce />
        <div class="field">
          <label for={`reply-${id}`}>Reply</label>
          <textarea id={`reply-${id}`} name="words" rows="3" maxlength="1000" required />
        </div>
        <button type="submit">Send the reply</button>
      </Post>
    </article>
  )
}
