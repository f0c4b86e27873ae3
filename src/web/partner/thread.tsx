import type { Answer } from '../../clients/answer.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { momentText } from '../../notices/wording.ts'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { WordsField } from './say-form.tsx'
import { ChangeWords, OwnAddress, WhoMayRead } from './thread-changes.tsx'

const names = {
  question: 'You asked',
  enquiry: 'You asked',
  concern: 'You said',
  times: 'You gave times that would suit you',
  not_now: 'You said: not now',
  no_contact: 'You asked not to be contacted'
} as const

/** What could not be taken as it was typed, and why; by the part of the page that it was typed in. */
export interface Typed {
  part: 'more' | 'words' | 'address'
  typed: string
  fault: string
}

interface ThreadProps {
  frame: Frame
  answer: Answer
  zone: string
  refused?: Typed | undefined
}

const waitsFor = ({ replyWithin }: Frame) => `No reply yet. A therapist reads this, usually within ${replyWithin}.`

/** What somebody said and what was answered, to whoever gave the words. */
export const Thread = ({ frame, answer, zone, refused }: ThreadProps) => {
  const { kind, concern, words } = answer
  const more = refused?.part === 'more' ? refused : undefined
  return (
    <Layout frame={frame} title="A private page" kind="private">
      <div class="narrow stack">
        <section>
          <h1>{names[kind]}</h1>
          {!!concern && (
            <p class="lede" safe>
              {concernWords[concern].label}
            </p>
          )}
          <Emergency frame={frame} />
          {!!words && (
            <p class="typed card" safe>
              {words}
            </p>
          )}
        </section>
        <Since frame={frame} answer={answer} zone={zone} />
        <section>
          <Post frame={frame} action="/r/thread/messages" stays>
            <SentOnce />
            <WordsField id="more" label="Say more" value={more?.typed} fault={more?.fault} required />
            <button type="submit">Send</button>
          </Post>
        </section>
        <ChangeWords frame={frame} answer={answer} refused={refused} />
        <WhoMayRead frame={frame} answer={answer} />
        <OwnAddress frame={frame} answer={answer} refused={refused} />
        <section class="actions">
          <Post frame={frame} action="/r/thread/removal" stays>
            <button class="plain" type="submit">
              Delete all of this
            </button>
          </Post>
          <Post frame={frame} action="/r/thread/end" stays>
            <button class="plain" type="submit">
              Close it here
            </button>
          </Post>
        </section>
      </div>
    </Layout>
  )
}

const Since = ({ frame, answer: { kind, messages }, zone }: Omit<ThreadProps, 'refused'>) => {
  const isRead = kind !== 'not_now' && kind !== 'no_contact'
  return (
    <section aria-labelledby="since">
      <h2 id="since">Since then</h2>
      {messages.length === 0 && <p>{isRead ? waitsFor(frame) : 'Nothing more happens.'}</p>}
      {messages.map(({ from, words, at }) => (
        <div class={from === 'practice' ? 'card wash' : 'card'}>
          <p class="over" safe>
            {`${from === 'practice' ? 'The practice' : 'You'}, ${momentText(at.setZone(zone))}`}
          </p>
          <p class="typed" safe>
            {words}
          </p>
        </div>
      ))}
    </section>
  )
}
