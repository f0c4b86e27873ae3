import type { SecondSteps } from '../../identity/read-second-steps.ts'
import { dayText } from '../../notices/wording.ts'
import { Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { PasskeyForm } from '../components/passkey-form.tsx'
import { PinField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  steps: SecondSteps
  zone: string
  /** Somebody else reads the mailbox too, and nothing is set up yet: nothing else opens before. */
  isAsked: boolean
  fault: string | undefined
}

const own = '/me/second-step'

/** What a person has set up beside the mailed code, one more, and one less. */
export const OwnSteps = ({ frame, steps, zone, isAsked, fault }: Props) => (
  <Layout frame={frame} title="Your second step" kind="quiet">
    <h1>Your second step</h1>
    <p class="lede">
      {isAsked
        ? 'Somebody else reads your mailbox too, as you told us. So that a mailed code does not open this to them, choose something that only you know or have.'
        : 'Beside the code that is mailed to you, something that only you know or have. Then whoever reads your mail opens nothing here. It is told to nobody.'}
    </p>
    {!!fault && (
      <p class="note warn" role="alert" safe>
        {fault}
      </p>
    )}
    <div class="pair section">
      <section class="card" aria-labelledby="pin-title">
        <h2 id="pin-title">A PIN of your own</h2>
        <p>
          {steps.pin
            ? `Set on ${dayText(steps.pin.since.setZone(zone))}.`
            : 'Six to twelve digits that nobody else knows or would guess. Not a birthday, not the one of your telephone.'}
        </p>
        <Post frame={frame} action={`${own}/pin`}>
          {!!steps.pin && <PinField name="now" label="Your PIN now" />}
          <PinField label={steps.pin ? 'Another PIN' : 'Your PIN'} />
          <PinField name="again" label="The same once more" />
          <p class="actions">
            <button type="submit">{steps.pin ? 'Change it' : 'Set the PIN'}</button>
            {!!steps.pin && (
              <a class="button plain" href={`${own}/removal?step=pin`}>
                Take it away
              </a>
            )}
          </p>
        </Post>
      </section>
      <section class="card" aria-labelledby="passkeys">
        <h2 id="passkeys">A passkey</h2>
        <p>
          The fingerprint, face or PIN of a device that is yours alone. It is kept there under the name{' '}
          <span safe>{frame.office}</span>. If somebody else can open the device, choose the PIN.
        </p>
        {steps.passkeys.length > 0 && (
          <ul class="types spread">
            {steps.passkeys.map(({ id, name, since }) => (
              <li>
                <p>
                  <strong safe>{name}</strong>
                  <span class="small" safe>{`Added ${dayText(since.setZone(zone))}`}</span>
                </p>
                <div class="doings">
                  <a class="small" href={`${own}/removal?step=${id}`}>
                    Take away<span class="unseen" safe>{` ${name}`}</span>
                  </a>
                </div>
              </li>
            ))}
          </ul>
        )}
        <PasskeyForm
          frame={frame}
          action={`${own}/passkeys`}
          asks={`${own}/passkeys/question`}
          does="make"
          button="Add a passkey"
        >
          <Field name="name" label="What you call it" hint="For example: telephone, laptop." maxlength={60} />
        </PasskeyForm>
      </section>
    </div>
    {!isAsked && (
      <p class="section">
        <a href="/me">Back to what is yours</a>
      </p>
    )}
  </Layout>
)
