import { renderSVG } from 'uqr'
import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  /** What an app reads from the picture. */
  address: string
  /** The same key, to be typed. */
  typed: string
  fault: string | undefined
}

/** The key of an authenticator app, as a picture and to be typed, until its first code. */
export const SetUpTotp = ({ frame, address, typed, fault }: Props) => {
  const safePicture = renderSVG(address, { border: 2, ecc: 'M' })
  return (
    <Layout frame={frame} title="An authenticator app" kind="staff" here="/console/second-step">
      <div class="narrow">
        <h1>An authenticator app</h1>
        <ol class="steps-in-turn">
          <li>
            <p>Open the app on your telephone, and add an account with its camera:</p>
            <div class="qr" role="img" aria-label="A picture with the key, for the app’s camera">
              {safePicture}
            </div>
            <details open={!!fault}>
              <summary>Or type the key</summary>
              <p class="copied">
                <code class="typed" translate="no" safe>
                  {typed}
                </code>
              </p>
              <p class="quiet small">Time based, six digits, every 30 seconds.</p>
            </details>
          </li>
          <li>
            <p>Give the six digits that it shows now.</p>
            <Post frame={frame} action="/console/second-step/totp/confirmation">
              <Field
                name="code"
                label="Six digits"
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength={10}
                fault={fault}
                required
              />
              <p class="actions">
                <button type="submit">Set it up</button>
                <a class="button plain" href="/console/second-step">
                  Not now
                </a>
              </p>
            </Post>
          </li>
        </ol>
      </div>
    </Layout>
  )
}

/** What helps when the device is gone, shown this once. */
export const RecoveryCodes = ({ frame, codes }: { frame: Frame; codes: readonly string[] }) => (
  <Layout frame={frame} title="Recovery codes" kind="staff" here="/console/second-step">
    <div class="narrow">
      <h1>Your recovery codes</h1>
      <p class="lede">
        They are shown this once. Each signs you in one time, in place of your device. Print them, or keep them in a
        password manager; not on the device that they stand for.
      </p>
      <ul class="codes">
        {codes.map(code => (
          <li>
            <code translate="no" safe>
              {code}
            </code>
          </li>
        ))}
      </ul>
      <p class="actions">
        <a class="button" href="/console/second-step">
          I have kept them
        </a>
        <button class="plain" type="button" hidden data-copy={codes.join('\n')} data-done="Copied">
          Copy them
        </button>
      </p>
    </div>
  </Layout>
)
