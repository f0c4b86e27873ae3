import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
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
