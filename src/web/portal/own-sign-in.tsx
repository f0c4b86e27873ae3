import type { Device } from '../../identity/devices.ts'
import type { SecondSteps } from '../../identity/read-second-steps.ts'
import { dayText } from '../../notices/wording.ts'
import { Field } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { PasskeyForm } from '../components/passkey-form.tsx'
import { Post } from '../components/post.tsx'
import { Fault, Portal } from './portal.tsx'

interface Props {
  frame: Frame
  email: string
  sharedMailbox: boolean
  zone: string
  devices: readonly Device[]
  steps: SecondSteps
  fault: string | undefined
}

/** Everything about getting in: the address, who reads it, the second step, and where one is signed in. */
export const OwnSignIn = ({ frame, email, sharedMailbox, zone, devices, steps, fault }: Props) => (
  <Portal frame={frame} here="/me/sign-in">
    <section>
      <h1>Sign-in</h1>
      <Fault fault={fault} />
      <h2>Your address</h2>
      <p class="copied" safe>
        {email}
      </p>
      <p>
        {sharedMailbox
          ? 'You said that somebody else reads this mailbox: mails there say a time and nothing else. '
          : 'You said that only you read this mailbox. '}
        <a href="/me/mailbox">Change that</a>
      </p>
      <p>
        <a href="/me/address">Use another address</a>
      </p>
    </section>
    <Steps frame={frame} steps={steps} zone={zone} />
    <Devices frame={frame} devices={devices} zone={zone} />
  </Portal>
)

const Steps = ({ frame, steps: { pin, passkeys }, zone }: { frame: Frame; steps: SecondSteps; zone: string }) => (
  <section aria-labelledby="steps">
    <h2 id="steps">A second step</h2>
    <p>
      Asked at each sign-in after the code, so that a read mailbox alone opens nothing. Only a person here can reset it.
    </p>
    {passkeys.length > 0 && (
      <ul class="types spread">
        {passkeys.map(({ name, since }) => (
          <li>
            <p>
              <strong safe>{name}</strong>
              <span class="small" safe>{`A passkey since ${dayText(since.setZone(zone))}`}</span>
            </p>
          </li>
        ))}
      </ul>
    )}
    <Post frame={frame} action="/me/pin">
      {!!pin && (
        <Field
          name="current"
          label="Your PIN now"
          type="password"
          inputmode="numeric"
          autocomplete="off"
          maxlength={20}
          required
        />
      )}
      <PinField label={pin ? 'Another PIN' : 'A PIN of your own'} />
      <p class="actions">
        <button class="plain" type="submit">
          {pin ? 'Change the PIN' : 'Set the PIN'}
        </button>
      </p>
    </Post>
    <PasskeyForm frame={frame} action="/me/passkeys" asks="/me/passkeys/question" does="make" button="Add a passkey">
      <input type="hidden" name="name" value="Passkey" />
    </PasskeyForm>
  </section>
)

export const PinField = ({ label, fault }: { label: string; fault?: string | undefined }) => (
  <Field
    name="pin"
    label={label}
    hint="6 to 12 digits that nobody would guess."
    type="password"
    inputmode="numeric"
    autocomplete="off"
    maxlength={20}
    fault={fault}
    required
  />
)

const Devices = ({ frame, devices, zone }: Pick<Props, 'frame' | 'devices' | 'zone'>) => (
  <section aria-labelledby="devices">
    <h2 id="devices">Where you are signed in</h2>
    <ul class="types spread">
      {devices.map(({ id, device, since, until, trusted, current }) => (
        <li>
          <p>
            <strong safe>{current ? 'Here' : deviceText(device)}</strong>
            <span class="small" safe>
              {`Since ${dayText(since.setZone(zone))}, ${trusted ? 'kept' : 'at most'} until ${dayText(until.setZone(zone))}`}
            </span>
          </p>
          {!current && (
            <Post frame={frame} action={`/me/devices/${id}/removal`}>
              <button class="link small" type="submit">
                End it<span class="unseen" safe>{`: ${deviceText(device)}`}</span>
              </button>
            </Post>
          )}
        </li>
      ))}
    </ul>
    {devices.length > 1 && (
      <Post frame={frame} action="/me/devices/removal">
        <button class="plain" type="submit">
          End all but this one
        </button>
      </Post>
    )}
  </section>
)

/** What a browser calls itself, as far as people know the name. */
function deviceText(device: string | null): string {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)\//.exec(device ?? '')?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera' }
  const system = /(iPhone|iPad|Android|Windows|Macintosh|Linux)/.exec(device ?? '')?.[1]
  if (!browser) return 'Another program'
  return `${names[browser] ?? browser}${system ? ` on ${system === 'Macintosh' ? 'a Mac' : system}` : ''}`
}
