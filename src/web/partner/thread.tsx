import type { Answer } from '../../clients/answer.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { dayText, timeText } from '../../notices/wording.ts'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults, Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { WordsField } from './say-form.tsx'

/** Where somebody comes back by their five words. */
export const ComeBack = ({ frame, faults }: { frame: Frame; faults: Faults }) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <FaultList faults={faults} />
      <section>
        <h1>Come back</h1>
        <p class="lede">Give the five words that you were shown. They open what you wrote, and a reply to it.</p>
        <Emergency frame={frame} />
        <Post frame={frame} action="/r" novalidate>
          <Field name="words" label="Your five words" fault={faults.words} autocomplete="off" />
          <button type="submit">Open</button>
        </Post>
      </section>
    </div>
  </Layout>
)

const names = {
  question: 'You asked',
  concern: 'You said',
  times: 'You gave times that would suit you',
  not_now: 'You said: not now',
  no_contact: 'You asked not to be contacted'
} as const

interface ThreadProps {
  frame: Frame
  answer: Answer
  zone: string
  /** What was to be added and could not be, and why. */
  more?: { typed: string; fault: string } | undefined
}

const waitsFor = ({ replyWithin }: Frame) => `No reply yet. A therapist reads this, usually within ${replyWithin}.`

/** What somebody said and what was answered, to whoever gave the words. */
export const Thread = ({ frame, answer, zone, more }: ThreadProps) => {
  const { kind, concern, words, messages, audience } = answer
  const isRead = kind === 'question' || kind === 'concern' || kind === 'times'
  const mayShow = kind === 'concern' && concern !== 'not_free'
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
          {!!words && (
            <p class="typed" safe>
              {words}
            </p>
          )}
        </section>
        <section aria-labelledby="since">
          <h2 id="since">Since then</h2>
          {messages.length === 0 && <p>{isRead ? waitsFor(frame) : 'Nothing more happens.'}</p>}
          {messages.map(({ from, words, at }) => (
            <div class={from === 'practice' ? 'card wash' : 'card'}>
              <p class="over" safe>
                {`${from === 'practice' ? 'The practice' : 'You'}, ${dayText(at.setZone(zone))}, ${timeText(at.setZone(zone), at.setZone(zone)).split('–')[0]}`}
              </p>
              <p class="typed" safe>
                {words}
              </p>
            </div>
          ))}
        </section>
        <section>
          <Emergency frame={frame} />
          <Post frame={frame} action="/r/thread/messages">
            <SentOnce />
            <WordsField id="more" label="Say more" value={more?.typed} fault={more?.fault} />
            <button type="submit">Send</button>
          </Post>
        </section>
        {mayShow && (
          <section aria-labelledby="shown">
            <h2 id="shown">Who may read it</h2>
            <p>
              {audience === 'inviter'
                ? 'Who gave you the page can read exactly what stands at the top here, and nothing else.'
                : 'Only the therapist. If you like, who gave you the page can read exactly what stands at the top here.'}
            </p>
            <Post frame={frame} action="/r/thread/audience">
              <input type="hidden" name="audience" value={audience === 'inviter' ? 'therapist' : 'inviter'} />
              <button class="plain" type="submit">
                {audience === 'inviter' ? 'Keep it between us again' : 'Show it'}
              </button>
            </Post>
          </section>
        )}
        <section class="actions">
          <Post frame={frame} action="/r/thread/removal">
            <button class="plain" type="submit">
              Delete all of this
            </button>
          </Post>
          <Post frame={frame} action="/r/thread/end">
            <button class="plain" type="submit">
              Close it here
            </button>
          </Post>
        </section>
      </div>
    </Layout>
  )
}

export const Deleted = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow" role="status">
      <h1>Deleted</h1>
      <p class="lede">Nothing of what you wrote is here any more. Your words open nothing now.</p>
    </div>
  </Layout>
)
