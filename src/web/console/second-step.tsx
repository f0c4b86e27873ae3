import type { SecondSteps } from '../../identity/read-second-steps.ts'
import { dayText } from '../../notices/wording.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Passkeys } from '../components/passkeys.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  steps: SecondSteps
  zone: string
  /** Real people are served: one second step has to be there. */
  isAsked: boolean
  fault: string | undefined
}

const own = '/console/second-step'

/** How somebody who works here signs in: what is set up, and what can be. */
export const SecondStepPage = ({ frame, steps, zone, isAsked, fault }: Props) => {
  const isNone = !steps.totp && steps.passkeys.length === 0
  return (
    <Layout frame={frame} title="Sign-in" kind="staff" here={own}>
      <h1>Your second step</h1>
      <p class="lede">
        {isNone && isAsked
          ? 'Before anything else opens, set up one of the two: clients’ lives are behind this sign-in, and a password can be read over a shoulder.'
          : 'After your password, something that only you have. A password alone can be read over a shoulder.'}
      </p>
      {!!fault && (
        <p class="note warn" role="alert" safe>
          {fault}
        </p>
      )}
      <div class="pair section">
        <AuthenticatorApp frame={frame} since={steps.totp && dayText(steps.totp.since.setZone(zone))} />
        <Passkeys frame={frame} own={own} passkeys={steps.passkeys} zone={zone}>
          <p>
            The fingerprint, face or PIN of a device, or a security key. Nothing to type, and nothing that a false page
            could take.
          </p>
        </Passkeys>
      </div>
      {!isNone && <Recovery left={steps.recoveryCodes} />}
      {frame.may('reset second steps') && (
        <p class="section">
          <a href="/console/second-steps">Somebody has lost their second step</a>
        </p>
      )}
    </Layout>
  )
}

const AuthenticatorApp = ({ frame, since }: { frame: Frame; since: string | undefined }) => (
  <section class="card" aria-labelledby="app">
    <h2 id="app">An authenticator app</h2>
    {since ? (
      <>
        <p safe>{`Set up on ${since}.`}</p>
        <p class="actions">
          <a class="button plain" href={`${own}/removal?step=totp`}>
            Remove the app
          </a>
        </p>
      </>
    ) : (
      <>
        <p>Six digits that change every half minute, on your telephone. It works without a network.</p>
        <Post frame={frame} action={`${own}/totp`}>
          <p class="actions">
            <button type="submit">Set up an app</button>
          </p>
        </Post>
      </>
    )}
  </section>
)

const Recovery = ({ left }: { left: number }) => (
  <section class="section" aria-labelledby="recovery">
    <h2 id="recovery">Recovery codes</h2>
    <p safe>{left === 1 ? 'One is left.' : `${left} are left.`}</p>
    <p>
      <a href={`${own}/removal?step=codes`}>Make new ones; the old ones stop working</a>
    </p>
  </section>
)
