import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { PasskeyForm } from '../components/passkey-form.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  email: string
  /** Why the last try did not work. */
  fault: string | undefined
}

export const SignIn = ({ frame, email, fault }: Props) => (
  <Layout frame={frame} title="Sign in" kind="staff">
    <div class="narrow">
      <h1>Sign in</h1>
      <p class="lede">For the people who work here.</p>
      {!!fault && (
        <p class="note warn" role="alert" safe>
          {fault}
        </p>
      )}
      <Post frame={frame} action="/console/sign-in">
        <Field name="email" label="E-mail" type="email" value={email} autocomplete="username" required />
        <Field name="password" label="Password" type="password" autocomplete="current-password" required />
        <p class="actions">
          <button type="submit">Sign in</button>
        </p>
      </Post>
    </div>
  </Layout>
)

/** The second page. It is the same for everybody: whether what was given before is right is told here alone, with all of it. */
export const SignInStep = ({ frame, fault }: Omit<Props, 'email'>) => (
  <Layout frame={frame} title="Sign in" kind="staff">
    <div class="narrow">
      <h1>Your second step</h1>
      {!!fault && (
        <p class="note warn" role="alert">
          <span safe>{`${fault}.`}</span> <a href="/console/sign-in">Begin again</a>
        </p>
      )}
      <Post frame={frame} action="/console/sign-in/step">
        <Field
          name="code"
          label="Code"
          hint="The six digits of your authenticator app, or a recovery code."
          autocomplete="one-time-code"
          maxlength={40}
          required
        />
        <p class="actions">
          <button type="submit">Sign in</button>
        </p>
      </Post>
      <PasskeyForm
        frame={frame}
        action="/console/sign-in/step"
        asks="/console/sign-in/step/passkey"
        does="use"
        button="Use a passkey"
      />
      <p class="quiet small">
        <a href="/console/sign-in">Another account</a> · Without your device and your recovery codes, an owner of the
        practice can take your second step away.
      </p>
    </div>
  </Layout>
)
