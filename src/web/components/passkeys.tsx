import type { Children } from '@kitajs/html'
import type { SecondSteps } from '../../identity/read-second-steps.ts'
import { dayText } from '../../notices/wording.ts'
import { Field } from './fields.tsx'
import type { Frame } from './layout.tsx'
import { PasskeyForm } from './passkey-form.tsx'

interface Props {
  frame: Frame
  /** The address of the page of second steps that it stands on. */
  own: string
  passkeys: SecondSteps['passkeys']
  zone: string
  /** What a passkey is, to whoever reads it. */
  children: Children
}

/** Somebody's passkeys, each of which can be taken away, and one more. */
export const Passkeys = ({ frame, own, passkeys, zone, children }: Props) => (
  <section class="card" aria-labelledby="passkeys">
    <h2 id="passkeys">Passkeys</h2>
    {children}
    {passkeys.length > 0 && (
      <ul class="types spread">
        {passkeys.map(({ id, name, since, usedAt }) => (
          <li>
            <p>
              <strong safe>{name}</strong>
              <span class="small" safe>
                {`Added ${dayText(since.setZone(zone))}, ${usedAt ? `last used ${dayText(usedAt.setZone(zone))}` : 'not used yet'}`}
              </span>
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
)
