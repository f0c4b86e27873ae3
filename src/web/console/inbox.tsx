import type { InboxItem } from '../../clients/inbox.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { rangeText, untilText } from '../components/words.ts'
import { WordsField } from '../partner/say-form.tsx'

/** A reply that could not be sent: what was typed, and why. */
export interface Refused {
  id: string
  typed: string
  fault: string
}

interface Props {
  frame: Frame
  refused: Refused | undefined
  items: readonly InboxItem[]
  zone: string
}

const names = {
  question: 'A question',
  enquiry: 'A question from a page that everybody sees',
  concern: 'A concern',
  times: 'Times that would suit',
  not_now: 'After “not now”',
  no_contact: 'After “do not contact me”'
} as const

/** What was said by partners' links, danger first. Whose words they are is not known. */
export const Inbox = ({ frame, items, zone, refused }: Props) => (
  <Layout frame={frame} title="Inbox" kind="staff" here="/console/inbox">
    <h1>Inbox</h1>
    <p class="lede">
      What came by a partner’s page is for you alone; what was asked without one is for every therapist. By link, not
      verified: whoever has the link may have written it, also who made it, until you have spoken with them.
    </p>
    {items.length === 0 && <p class="quiet">Nothing yet. When somebody asks or says something, you find it here.</p>}
    <div class="stack narrow-start">
      {items.map(item => (
        <Item frame={frame} item={item} zone={zone} refused={refused?.id === item.id ? refused : undefined} />
      ))}
    </div>
  </Layout>
)

const Item = ({ frame, item, zone, refused }: Omit<Props, 'items'> & { item: InboxItem }) => {
  const { id, kind, concern, words, windows, messages, createdAt, audience, verified } = item
  const isDanger = concern === 'not_free'
  return (
    <article class={isDanger ? 'card note warn' : 'card'} id={`i-${id}`} aria-labelledby={`h-${id}`}>
      <p class="over" safe>
        {[untilText(createdAt, zone), waitText(item, zone), verified ? 'spoken with' : mark(item)].join(' · ')}
      </p>
      <h2 id={`h-${id}`}>{isDanger ? 'Perhaps not safe' : names[kind]}</h2>
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
          <p
            class="over"
            safe
          >{`${from === 'practice' ? (kind === 'enquiry' ? 'The practice' : 'You') : 'They'}, ${untilText(at, zone)}`}</p>
          <p class="typed" safe>
            {words}
          </p>
        </blockquote>
      ))}
      <Post frame={frame} action={`/console/inbox/${id}/replies`}>
        <SentOnce />
        <WordsField id={`reply-${id}`} label="Reply" value={refused?.typed} fault={refused?.fault} required />
        <button type="submit">Send the reply</button>
      </Post>
      {!verified && (
        <Post frame={frame} action={`/console/inbox/${id}/verification`}>
          <button class="link" type="submit">
            I have spoken with them: these words are theirs
          </button>
        </Post>
      )}
    </article>
  )
}

/** An enquiry came by no link; nobody knows its writer either. */
const mark = ({ kind }: InboxItem) => (kind === 'enquiry' ? 'not verified' : 'by link, not verified')

function waitText({ waiting, answerBy }: InboxItem, zone: string): string {
  if (!waiting) return 'answered'
  return answerBy ? `waits for you, promised by ${untilText(answerBy, zone)}` : 'waits for you'
}
