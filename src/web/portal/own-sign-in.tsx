import type { Device } from '../../identity/devices.ts'
import { dayText } from '../../notices/wording.ts'
import { Doing } from '../components/doing.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Portal } from './portal.tsx'

interface Props {
  frame: Frame
  email: string
  sharedMailbox: boolean
  zone: string
  devices: readonly Device[]
  hasStep: boolean
}

/** Everything about getting in: the address, who reads it, the second step, and where one is signed in. */
export const OwnSignIn = ({ frame, email, sharedMailbox, zone, devices, hasStep }: Props) => (
  <Portal frame={frame} here="/me/sign-in">
    <section>
      <h1>Sign-in</h1>
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
    <section aria-labelledby="steps">
      <h2 id="steps">A second step</h2>
      <p>Asked at each sign-in after the code, so that whoever reads the mailbox opens nothing by that alone.</p>
      <p>
        <a href="/me/second-step">{hasStep ? 'Your PIN and passkeys' : 'Set one up'}</a>
      </p>
    </section>
    <Devices frame={frame} devices={devices} zone={zone} />
  </Portal>
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
            <Doing frame={frame} action={`/me/devices/${id}/removal`} does="End it" of={deviceText(device)} />
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
