import type { SecondSteps } from '../../identity/read-second-steps.ts'
import { dayText } from '../../notices/wording.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Passkeys } from '../components/passkeys.tsx'
import { PinField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'
import { Fault, Portal } from './portal.tsx'

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
export const OwnSteps = (props: Props) =>
  props.isAsked ? (
    <Layout frame={props.frame} title="Your second step" kind="quiet">
      <div class="narrow stack">
        <Steps {...props} />
      </div>
    </Layout>
  ) : (
    <Portal frame={props.frame} here="/me/sign-in">
      <Steps {...props} />
    </Portal>
  )

const Steps = ({ frame, steps, zone, isAsked, fault }: Props) => (
  <>
    <section>
      <h1>Your second step</h1>
      <p class="lede">
        {isAsked
          ? 'We were told that somebody else reads your mailbox too. So that a mailed code does not open this to them, choose something that only you know or have.'
          : 'Beside the code that is mailed to you, something that only you know or have. Then whoever reads your mail opens nothing here. It is told to nobody.'}
      </p>
      <Fault fault={fault} />
    </section>
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
    <Passkeys frame={frame} own={own} passkeys={steps.passkeys} zone={zone}>
      <p>
        The fingerprint, face or PIN of a device that is yours alone. It is kept there under the name{' '}
        <span safe>{frame.office}</span>. If somebody else can open the device, choose the PIN.
      </p>
    </Passkeys>
  </>
)
