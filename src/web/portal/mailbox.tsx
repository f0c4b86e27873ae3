import { FaultList, type Faults } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { CodeField, EmailField, MailboxQuestion, PinField, pinHint } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'
import { Portal } from './portal.tsx'

interface MailboxProps {
  frame: Frame
  /** `own` or `shared`, as it was typed. */
  chosen: string | undefined
  /** A second step is set up: none has to be chosen with a yes. */
  hasStep: boolean
  faults: Faults
}

/** Who else reads the mailbox: asked of everybody who is new, and never taken for granted. */
export const Mailbox = ({ frame, chosen, hasStep, faults }: MailboxProps) => (
  <Portal frame={frame} here="/me/sign-in">
    <FaultList faults={faults} />
    <section>
      <h1>Is this mailbox read only by you?</h1>
      <p>
        If somebody else may read it, <a href="/me/address">an address that only you read</a> is better. Without one,
        our mails there say a time and nothing that opens anything, and each sign-in asks a second step.
      </p>
      <Post frame={frame} action="/me/mailbox" novalidate>
        <MailboxQuestion chosen={chosen} faults={faults} isAskedAbove />
        {hasStep ? (
          <p class="quiet small">Your second step is asked then, as it is now.</p>
        ) : (
          <PinField label="If not: a PIN of your own" hint={pinHint} fault={faults.pin} required={false} />
        )}
        <p class="actions">
          <button type="submit">Save</button>
        </p>
      </Post>
    </section>
  </Portal>
)

interface AddressProps {
  frame: Frame
  email: string
  /** The question that was asked, once a code is on its way. */
  request: string | undefined
  faults: Faults
}

/** Another address: first where the code goes, then the code. */
export const Address = ({ frame, email, request, faults }: AddressProps) => (
  <Portal frame={frame} here="/me/sign-in">
    <FaultList faults={faults} />
    <section>
      <h1>Another address</h1>
      {request === undefined ? (
        <>
          <p>
            We send a code to the new address. With it, everything changes at once: you are signed out everywhere else,
            and links in old mails and calendar addresses stop working. The old address is told that your sign-in
            details were changed, and not to what.
          </p>
          <Post frame={frame} action="/me/address" novalidate>
            <EmailField label="The new address" value={email} fault={faults.email} autocomplete="off" />
            <p class="actions">
              <button type="submit">Send the code there</button>
            </p>
          </Post>
        </>
      ) : (
        <Post frame={frame} action={`/me/address/${request}`} novalidate>
          <p>A code is on its way to the new address. It works once, for ten minutes.</p>
          <CodeField fault={faults.code} />
          <p class="actions">
            <button type="submit">Use this address</button>
            <a class="button plain" href="/me/sign-in">
              Keep the old one
            </a>
          </p>
        </Post>
      )}
    </section>
  </Portal>
)
