import type { Suggestion } from '../../bookings/read-suggestion.ts'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { CodeField, EmailField, MailboxQuestion, NameField, PinField, pinHint } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'
import { Back, SayYes, Times } from './acceptance.tsx'

/** What was typed, and what is needed of it for the code's form. */
export interface AcceptGiven {
  name?: string | undefined
  email?: string | undefined
  mailbox?: string | undefined
  /** The question that was asked, once a code is on its way. */
  request?: string | undefined
}

interface Props {
  frame: Frame
  token: string
  suggestion: Suggestion
  /** Signed in already: no address is asked. `unstepped`: their second step was not given yet. */
  signedIn: boolean | 'unstepped'
  given: AcceptGiven
  faults: Faults
}

/**
 * A yes needs an address that only its giver reads, for whoever suggested the time holds the link as well: first the
 * address, then the code that was mailed there.
 */
export const AcceptPage = ({ frame, token, suggestion, signedIn, given, faults }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <FaultList faults={faults} />
      <section>
        <h1>You say yes to this time</h1>
        <Times suggestion={suggestion} />
      </section>
      <Emergency frame={frame} />
      {signedIn === 'unstepped' && <StepFirst />}
      {signedIn === true ? (
        <SayYes frame={frame} token={token} />
      ) : given.request ? (
        <CodeForm frame={frame} token={token} given={given} faults={faults} />
      ) : (
        <AddressForm frame={frame} token={token} given={given} faults={faults} />
      )}
      <Back token={token} />
    </div>
  </Layout>
)

/** Whoever is signed in, and has not given what only they know or have. */
const StepFirst = () => (
  <section class="note">
    <p>
      You are signed in, and your second step was not given yet. <a href="/me/second-step">Give it</a>, then open this
      page again and say yes. Or use another address:
    </p>
  </section>
)

type FormProps = Pick<Props, 'frame' | 'token' | 'given' | 'faults'>

const AddressForm = ({ frame, token, given, faults }: FormProps) => (
  <Post frame={frame} action={`/a/${token}/codes`} novalidate stays>
    <p>
      Say yes with an address that only you read: a code comes there, and later the date and the time. Nobody else is
      shown it.
    </p>
    <NameField label="Your name (if you like)" value={given.name} fault={faults.name} />
    <EmailField value={given.email} fault={faults.email} />
    <MailboxQuestion chosen={given.mailbox} faults={faults}>
      <p class="quiet small">
        If somebody else may read it, an address that only you read is better. Without one, our mails there say a time
        and nothing that opens anything, and you choose a PIN of your own, which each sign-in asks.
      </p>
    </MailboxQuestion>
    <p class="actions">
      <button type="submit">Send me the code</button>
    </p>
  </Post>
)

const CodeForm = ({ frame, token, given, faults }: FormProps) => (
  <Post frame={frame} action={`/a/${token}/acceptance`} novalidate>
    <input type="hidden" name="request" value={given.request ?? ''} />
    <input type="hidden" name="name" value={given.name ?? ''} />
    <input type="hidden" name="mailbox" value={given.mailbox ?? ''} />
    <CodeField hint="It works for ten minutes. Nothing there? Look among unwanted mail." fault={faults.code} />
    {given.mailbox === 'shared' && <PinField label="A PIN of your own" hint={pinHint} fault={faults.pin} />}
    <p class="actions">
      <button type="submit">Yes, this time suits me</button>
      <a class="button plain" href={`/a/${token}/acceptance`}>
        Ask for a new code
      </a>
    </p>
  </Post>
)
