import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

const own = '/console/second-step'

/** Asks once more who it is, before what weakens a sign-in. */
export const AskPassword = ({ frame, step, fault }: { frame: Frame; step: string; fault?: string }) => {
  const title = step === 'codes' ? 'New recovery codes' : `Remove ${step === 'totp' ? 'the app' : 'this passkey'}?`
  return (
    <Layout frame={frame} title={title} kind="staff" here={own}>
      <div class="narrow">
        <h1 safe>{title}</h1>
        {!!fault && (
          <p class="note warn" role="alert" safe>
            {fault}
          </p>
        )}
        <Post frame={frame} action={`${own}/removal`}>
          <input type="hidden" name="step" value={step} />
          <Field name="password" label="Your password" type="password" autocomplete="current-password" required />
          <p class="actions">
            <button type="submit">{step === 'codes' ? 'Make new codes' : 'Remove it'}</button>
            <a class="button plain" href={own}>
              Keep it
            </a>
          </p>
        </Post>
      </div>
    </Layout>
  )
}

/** What is in the place of every page of the console until a second step is set up. */
export const StepMissing = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="Sign-in" kind="staff" here={own}>
    <div class="narrow">
      <h1>First your second step</h1>
      <p class="lede">Clients’ lives are behind this sign-in. It opens when something beside your password is asked.</p>
      <p class="actions">
        <a class="button" href={own}>
          Set it up
        </a>
      </p>
    </div>
  </Layout>
)
