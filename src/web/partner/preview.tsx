import type { Children } from '@kitajs/html'
import type { Concern } from '../../clients/partner-texts.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'

interface Props {
  frame: Frame
  concern: Concern | undefined
  words: string | undefined
  /** The two ways on, of one size and look: showing it, and keeping it. */
  children: Children
}

/** What would be shown to who gave the link, exactly, before the yes. */
export const Preview = ({ frame, concern, words, children }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section>
        <h1>This is exactly what will be shown</h1>
        <blockquote class="card">
          <p>{concern ? concernWords[concern].label : ''}</p>
          {!!words && (
            <p class="typed" safe>
              {words}
            </p>
          )}
        </blockquote>
        <p>Nothing else of what you do here is shown, and you can take it back later.</p>
        <div class="actions">{children}</div>
      </section>
      <Emergency frame={frame} />
    </div>
  </Layout>
)

interface NotRightProps {
  frame: Frame
  sentences: readonly string[]
  /** Where to go on from. */
  back: string
  /** What was written, so that nobody has to write it again. */
  words: string | undefined
}

/** Something was not right: what, and the way back. Nothing was kept. */
export const NotRight = ({ frame, back, sentences, words }: NotRightProps) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section role="alert">
        <h1>Something is not right yet</h1>
        <ul>
          {sentences.map(sentence => (
            <li safe>{sentence}</li>
          ))}
        </ul>
        <p>
          Nothing was sent. <a href={back}>Back to the page</a>
        </p>
      </section>
      {!!words?.trim() && (
        <section>
          <h2>What you wrote</h2>
          <p class="typed card" safe>
            {words}
          </p>
        </section>
      )}
      <Emergency frame={frame} />
    </div>
  </Layout>
)
