import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

/** What came of a reset: done, or why not, with what was typed. */
export type Outcome = { done: true } | { fault: string; given: { email: string; why: string } }

interface Props {
  frame: Frame
  staff: readonly { name: string; hasSecondStep: boolean }[]
  outcome: Outcome | undefined
}

/** For who has lost the device and the recovery codes, staff or client: an owner takes the second step away. */
export const ResetPage = ({ frame, staff, outcome }: Props) => {
  const refused = outcome && 'fault' in outcome ? outcome : undefined
  return (
    <Layout frame={frame} title="Lost second steps" kind="staff" here="/console/second-step">
      <h1>A lost second step</h1>
      <p class="lede">
        Somebody cannot sign in any more: the device is gone, or the PIN forgotten. Be sure that it is them; speak with
        them, and do not go by a mail. A partner may read the same mailbox.
      </p>
      {!!outcome && !refused && (
        <p class="note" role="status">
          Done. They are signed out everywhere, and sign in without a second step until they set up a new one.
        </p>
      )}
      <div class="pair section">
        <section class="card" aria-labelledby="reset">
          <h2 id="reset">Take it away</h2>
          {!!refused && (
            <p class="note warn" role="alert" safe>
              {refused.fault}
            </p>
          )}
          <Post frame={frame} action="/console/second-steps/resets">
            <Field
              name="email"
              label="The address they sign in with"
              type="email"
              value={refused?.given.email}
              autocomplete="off"
              required
            />
            <Field
              name="why"
              label="How you made sure that it is them"
              hint="It is kept for good, with your name. Nothing of what they told you."
              value={refused?.given.why}
              autocomplete="off"
              maxlength={500}
              required
            />
            <p class="actions">
              <button type="submit">Take the second step away</button>
            </p>
          </Post>
        </section>
        <section aria-labelledby="staff">
          <h2 id="staff">Who works here</h2>
          <ul class="types spread">
            {staff.map(({ name, hasSecondStep }) => (
              <li>
                <span safe>{name}</span>
                <span class="quiet small">{hasSecondStep ? 'has a second step' : 'none yet'}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </Layout>
  )
}
