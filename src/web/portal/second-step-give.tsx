import type { SecondSteps } from '../../identity/read-second-steps.ts'
import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { PasskeyForm } from '../components/passkey-form.tsx'
import { PinField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  steps: SecondSteps
  /** What is to be taken away by it: the PIN, or a passkey's id. Else it opens what is one's own. */
  removes: string | undefined
  fault: string | undefined
}

const own = '/me/second-step'

/** Asks for what only this person knows or has: after the mailed code, and before one of them is taken away. */
export const GiveStep = ({ frame, steps, removes, fault }: Props) => {
  const title = removes ? `Take ${removes === 'pin' ? 'your PIN' : 'this passkey'} away?` : 'One more step'
  const action = removes ? `${own}/removal` : own
  const button = removes ? 'Take it away' : 'Go on'
  return (
    <Layout frame={frame} title={title} kind="quiet">
      <div class="narrow">
        <h1 safe>{title}</h1>
        <p class="lede">
          {removes
            ? 'Once more, so that nobody does it for you.'
            : 'The mail alone does not open this. What only you have does.'}
        </p>
        {!!fault && (
          <p class="note warn" role="alert" safe>
            {fault}
          </p>
        )}
        {!!steps.pin && (
          <Post frame={frame} action={action}>
            {!!removes && <input type="hidden" name="step" value={removes} />}
            <PinField />
            <p class="actions">
              <button type="submit">{button}</button>
            </p>
          </Post>
        )}
        {!!steps.totp && (
          <Post frame={frame} action={action}>
            {!!removes && <input type="hidden" name="step" value={removes} />}
            <Field
              name="code"
              label="The six digits of your authenticator app"
              inputmode="numeric"
              autocomplete="one-time-code"
              maxlength={40}
              required
            />
            <p class="actions">
              <button type="submit">{button}</button>
            </p>
          </Post>
        )}
        {steps.passkeys.length > 0 && (
          <PasskeyForm
            frame={frame}
            action={action}
            asks={`${own}/question`}
            does="use"
            button={removes ? 'Use your passkey, and take it away' : 'Use your passkey'}
          >
            {!!removes && <input type="hidden" name="step" value={removes} />}
          </PasskeyForm>
        )}
        {!!removes && (
          <p>
            <a href={own}>Leave it as it is</a>
          </p>
        )}
        <p class="quiet small">
          Lost or forgotten? <a href="/contact">Ask us</a>: we speak with you, and take it away. Nobody else is told.
        </p>
      </div>
    </Layout>
  )
}

/** In the place of what is one's own, until the second step was given. */
export const StepWanted = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="One more step" kind="quiet">
    <div class="narrow">
      <h1>One more step</h1>
      <p class="lede">This opens after what only you know or have.</p>
      <p class="actions">
        <a class="button" href={own}>
          Go on
        </a>
      </p>
    </div>
  </Layout>
)
