import type { Children } from '@kitajs/html'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import type { Given } from './detail-fields.tsx'

interface Props {
  frame: Frame
  sealed: string
  /** Where the first time is chosen again, and what that is called. */
  back: readonly [address: string, words: string]
  heading: string
  lede: string
  /** What is not right yet, in a sentence. */
  fault: string | undefined
  /** What was typed already, where one of the times has gone meanwhile. */
  given: Given
  /** What stands between the words and the form. */
  above?: Children
  /** The button that asks again and does not go on. */
  again: string
  children: Children
}

/** Several times that go together, as they are proposed: each is chosen here before anything is typed. */
export const ChosenTimes = ({ frame, sealed, back, heading, lede, fault, given, above, again, children }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <a class="back" href={back[0]}>
        <ArrowLeft /> <span safe>{back[1]}</span>
      </a>
      <h1 safe>{heading}</h1>
      <p class="lede" safe>
        {lede}
      </p>
      {!!fault && (
        <p class="notice" role="alert" safe>
          {fault}
        </p>
      )}
      {above}
      <Post frame={frame} action={eachAddress(sealed)} novalidate>
        {Object.entries(given).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {children}
        <p class="actions">
          <button type="submit" name="go" value="yes">
            Continue
          </button>
          <button class="plain" type="submit" safe>
            {again}
          </button>
        </p>
      </Post>
    </div>
  </Layout>
)

/** Choices whose sum, below them, follows each change. */
export const Summed = ({ sealed, sum, children }: { sealed: string; sum: string; children: Children }) => (
  <>
    <div
      hx-post={eachAddress(sealed)}
      hx-trigger="change"
      hx-include="closest form"
      hx-target="#sum"
      hx-select="#sum"
      hx-swap="outerHTML"
      hx-sync="this:replace"
    >
      {children}
    </div>
    <p id="sum" class="card figures" aria-live="polite" safe>
      {sum}
    </p>
  </>
)

const eachAddress = (sealed: string) => `/b/each/${sealed}`
