import type { Suggestion } from '../../bookings/read-suggestion.ts'
import { FaultList, type Faults, Field } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Back, SayYes, Times } from './acceptance.tsx'

interface Props {
  frame: Frame
  token: string
  suggestion: Suggestion
  /** Signed in already: no address is asked. */
  signedIn: boolean
  given: { name?: string | undefined; email?: string | undefined; request?: string | undefined }
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
      {signedIn ? (
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

const AddressForm = ({ frame, token, given, faults }: Pick<Props, 'frame' | 'token' | 'given' | 'faults'>) => (
  <Post frame={frame} action={`/a/${token}/codes`} novalidate stays>
    <p>
      Say yes with an address that only you read: a code comes there, and later the date and the time. Nobody else is
      shown it.
    </p>
    <Field
      name="name"
      label="Your name (if you like)"
      hint="Any name that you go by."
      value={given.name}
      fault={faults.name}
      autocomplete="name"
      maxlength={200}
    />
    <Field
      name="email"
      label="E-mail"
      type="email"
      value={given.email}
      fault={faults.email}
      autocomplete="email"
      required
      maxlength={254}
    />
    <p class="actions">
      <button type="submit">Send me the code</button>
    </p>
  </Post>
)

const CodeForm = ({ frame, token, given, faults }: Pick<Props, 'frame' | 'token' | 'given' | 'faults'>) => (
  <Post frame={frame} action={`/a/${token}/acceptance`} novalidate>
    <input type="hidden" name="request" value={given.request ?? ''} />
    {!!given.name && <input type="hidden" name="name" value={given.name} />}
    <Field
      name="code"
      label="The eight digits from the mail"
      hint="It works for ten minutes. Nothing there? Look among unwanted mail."
      class="code"
      inputmode="numeric"
      autocomplete="one-time-code"
      maxlength={9}
      fault={faults.code}
      required
    />
    <p class="actions">
      <button type="submit">Yes, this time suits me</button>
    </p>
  </Post>
)
