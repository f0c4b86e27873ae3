import { type Faults, Field, Tick } from '../components/fields.tsx'
import type { Own } from './read-details.ts'

/** What was typed, kept whatever was wrong with it. */
export type Given = Readonly<Partial<Record<'name' | 'email' | 'mailbox' | 'phone' | 'agreed' | 'consent', string>>>

interface Props {
  own: Own | undefined
  given: Given
  faults: Faults
  forTwo: boolean
}

export const DetailFields = ({ own, given, faults, forTwo }: Props) => (
  <>
    {own ? (
      <p>
        You are signed in as <strong safe>{own.name ?? own.email}</strong>, and book as yourself.{' '}
        <a href="/me/sign-in">Not you?</a>
      </p>
    ) : (
      ''
    )}
    {own?.name == null && <NameField given={given} faults={faults} />}
    {!own && <AddressFields given={given} faults={faults} />}
    {forTwo && (
      <fieldset>
        <legend>The two of you</legend>
        <Tick name="agreed" checked={given.agreed === 'yes'} fault={faults.agreed} required>
          We have both agreed, I book for us
        </Tick>
      </fieldset>
    )}
  </>
)

const NameField = ({ given, faults }: Pick<Props, 'given' | 'faults'>) => (
  <Field
    name="name"
    label="Your name"
    hint="Any name that you go by."
    value={given.name}
    fault={faults.name}
    autocomplete="name"
    required
    maxlength={200}
  />
)

const AddressFields = ({ given, faults }: Pick<Props, 'given' | 'faults'>) => (
  <>
    <Field
      name="email"
      label="E-mail"
      type="email"
      hint="Your appointment and any change come here, and nothing else."
      value={given.email}
      fault={faults.email}
      autocomplete="email"
      required
      maxlength={254}
    />
    <fieldset>
      <legend>Is this mailbox read only by you?</legend>
      <Tick
        name="mailbox"
        id="mailbox"
        type="radio"
        value="own"
        checked={given.mailbox === 'own'}
        fault={faults.mailbox}
      >
        Yes, only by me
      </Tick>
      <Tick name="mailbox" id="mailbox-shared" type="radio" value="shared" checked={given.mailbox === 'shared'}>
        No, somebody else may read it
      </Tick>
      <details>
        <summary>What changes if somebody else may read it</summary>
        <p>
          Our mails say only when, from a neutral name, and the link in them shows the time alone. But whoever reads the
          mailbox sees that there is an appointment, and could have a code sent there that shows the rest. An address
          that only you read is better.
        </p>
      </details>
    </fieldset>
    <Field
      name="phone"
      label="Phone (if you like)"
      type="tel"
      hint="Only to reach you on the day, if something comes between."
      value={given.phone}
      fault={faults.phone}
      autocomplete="tel"
      maxlength={30}
    />
  </>
)
