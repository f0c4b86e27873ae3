import type { Children } from '@kitajs/html'
import { type Faults, Field, type FieldProps, Tick } from './fields.tsx'

type Own = Partial<FieldProps>

/** What somebody goes by. */
export const NameField = (own: Own) => (
  <Field name="name" label="Your name" hint="Any name that you go by." autocomplete="name" maxlength={200} {...own} />
)

/** Where mails go. */
export const EmailField = (own: Own) => (
  <Field name="email" label="E-mail" type="email" autocomplete="email" required maxlength={254} {...own} />
)

/** A code that was mailed. */
export const CodeField = (own: Own) => (
  <Field
    name="code"
    label="The eight digits from the mail"
    class="code"
    inputmode="numeric"
    autocomplete="one-time-code"
    maxlength={9}
    required
    {...own}
  />
)

/** What a chosen PIN is like. */
export const pinHint = '6 to 12 digits that nobody would guess.'

/** A PIN that is given, or chosen. */
export const PinField = (own: Own) => (
  <Field
    name="pin"
    label="Your PIN"
    type="password"
    inputmode="numeric"
    autocomplete="off"
    maxlength={20}
    required
    {...own}
  />
)

interface MailboxProps {
  chosen: string | undefined
  faults: Faults
  /** The page's heading asks it already. */
  isAskedAbove?: boolean
  /** What a no means. */
  children?: Children
}

/** Who else reads the mailbox: asked wherever somebody gives an address, and never taken for granted. */
export const MailboxQuestion = ({ chosen, faults, isAskedAbove = false, children }: MailboxProps) => (
  <fieldset>
    <legend class={isAskedAbove ? 'unseen' : undefined}>Is this mailbox read only by you?</legend>
    <Tick name="mailbox" type="radio" value="own" checked={chosen === 'own'} fault={faults.mailbox}>
      Yes, only by me
    </Tick>
    <Tick name="mailbox" id="mailbox-shared" type="radio" value="shared" checked={chosen === 'shared'}>
      No, somebody else may read it
    </Tick>
    {children}
  </fieldset>
)

/** Said where the question was left out. */
export const mailboxFault = 'Say whether only you read this mailbox'
