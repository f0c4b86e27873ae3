import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { PasskeyForm } from '../components/passkey-form.tsx'
import { Post } from '../components/post.tsx'

/** The second step of a sign-in, which opens what is one's own. */
export const GiveStep = ({ frame, fault }: { frame: Frame; fault: string | undefined }) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <section>
        <h1>One more step</h1>
        <p class="lede">Whoever reads a mailbox can read a code. So we ask for something that only you have.</p>
        {!!fault && (
          <p class="note warn" role="alert" safe>
            {fault}
          </p>
        )}
        <Post frame={frame} action="/sign-in/step">
          <Field name="pin" label="Your PIN" type="password" inputmode="numeric" autocomplete="off" maxlength={20} />
          <p class="actions">
            <button type="submit">Go on</button>
          </p>
        </Post>
        <PasskeyForm
          frame={frame}
          action="/sign-in/step"
          asks="/sign-in/step/passkey"
          does="use"
          button="Use a passkey instead"
        />
        <p class="small quiet">
          Lost both? <a href="/contact">Tell us</a>: only a person here can reset it, after talking with you.
        </p>
        <Post frame={frame} action="/me/sign-out">
          <button class="link small" type="submit">
            Sign in as somebody else
          </button>
        </Post>
      </section>
    </div>
  </Layout>
)
