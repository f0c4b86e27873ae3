import { FaultList, type Faults, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { CodeField, EmailField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'

/** Where to send the code. The page that follows is the same for every address. */
export const AskCode = ({ frame, email, faults }: { frame: Frame; email: string; faults: Faults }) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <FaultList faults={faults} />
      <section>
        <h1>Your appointments</h1>
        <p class="lede">We send you a code of eight digits. There is no password, and nothing to set up first.</p>
        <Post frame={frame} action="/sign-in" novalidate>
          <EmailField value={email} fault={faults.email} />
          <p class="actions">
            <button type="submit">Send me the code</button>
          </p>
        </Post>
      </section>
    </div>
  </Layout>
)

interface CodeProps {
  frame: Frame
  request: string
  /** To whom the code went, where this is the browser that asked. */
  masked: string | undefined
  faults: Faults
}

/** Where the code is given: in the browser that asked for it. */
export const GiveCode = ({ frame, request, masked, faults }: CodeProps) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <FaultList faults={faults} />
      <section>
        <h1>Look at your mail</h1>
        <p class="lede" safe>
          {`A code is on its way${masked ? ` to ${masked}` : ''} and works once, for ten minutes, in this browser.`}
        </p>
        <Post frame={frame} action={`/sign-in/${request}`} novalidate>
          <CodeField fault={faults.code} />
          <Trust />
          <p class="actions">
            <button type="submit">Sign in</button>
          </p>
        </Post>
        <p class="small quiet">
          No mail after some minutes? Look among the unwanted ones, or <a href="/sign-in">ask again</a>. More than three
          in an hour are not sent.
        </p>
      </section>
    </div>
  </Layout>
)

const Trust = () => (
  <Tick name="trusted">
    Stay signed in here for 30 days <span class="hint small quiet">Only on a device that nobody else uses.</span>
  </Tick>
)

/** Before the one button of a mailed link: whom it signs in. */
export const UseLink = ({ frame, link, masked }: { frame: Frame; link: string; masked: string }) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow">
      <h1>Sign in?</h1>
      <p class="lede" safe>{`You are signing in as ${masked}`}</p>
      <Post frame={frame} action={`/s/${link}`}>
        <Trust />
        <p class="actions">
          <button type="submit">Sign in</button>
          <a class="button plain" href="/sign-in">
            Not you?
          </a>
        </p>
      </Post>
    </div>
  </Layout>
)

/** A link that is opened anywhere but where somebody asked, or that was used, is over or never was: the same for all. */
export const LinkElsewhere = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow">
      <h1>This link signs nobody in here</h1>
      <p class="lede">
        It works once, for ten minutes, in the browser that asked for it. Enter the code of the same mail there, or ask
        for a new one here. If you did not ask yourself, do not use it.
      </p>
      <p class="actions">
        <a class="button" href="/sign-in">
          Ask for a code
        </a>
      </p>
    </div>
  </Layout>
)

/** In the place of what is one's own. A link and no form: signing in is on the discreet host, wherever this is read. */
export const SignInFirst = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow">
      <h1>Sign in first</h1>
      <p class="lede">This page is one person’s own.</p>
      <p class="actions">
        <a class="button" href="/sign-in">
          Sign in
        </a>
      </p>
    </div>
  </Layout>
)
