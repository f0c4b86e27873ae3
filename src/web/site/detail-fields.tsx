import { type Faults, Field, Tick } from '../components/fields.tsx'
import { EmailField, MailboxQuestion, NameField } from '../components/person-fields.tsx'
import type { Own } from './read-details.ts'

/** What was typed, kept whatever was wrong with it. */
export type Given = Readonly<
  Partial<Record<'name' | 'email' | 'mailbox' | 'phone' | 'agreed' | 'pay' | 'consent' | 'notMeet', string>>
>

interface Props {
  own: Own | undefined
  given: Given
  faults: Faults
  forTwo: boolean
  /** The other is asked in any case. */
  asksTheOther?: boolean
}

export const DetailFields = ({ own, given, faults, forTwo, asksTheOther = false }: Props) => (
  <>
    {own ? (
      <p>
        You are signed in as <strong safe>{own.name ?? own.email}</strong>, and book as yourself.{' '}
        <a href="/me/sign-in">Not you?</a>
      </p>
    ) : (
      ''
    )}
    {own?.name == null && <NameField value={given.name} fault={faults.name} required />}
    {!own && <AddressFields given={given} faults={faults} />}
    {forTwo && <TwoOfYou given={given} faults={faults} asksTheOther={asksTheOther} />}
  </>
)

const askedText =
  'You get a page to give to the other of you, who says yes, no, or another time there. We write to nobody.'

/** Whether the other is asked; where each has a private call first, they are. */
export const TwoOfYou = ({
  given,
  faults,
  asksTheOther
}: Pick<Props, 'given' | 'faults'> & { asksTheOther: boolean }) =>
  asksTheOther ? (
    <section id="agreed">
      <input type="hidden" name="agreed" value="together" />
      <h2 class="over">The two of you</h2>
      <p class="quiet small">Before this each of you has a private call. {askedText}</p>
    </section>
  ) : (
    <fieldset>
      <legend>The two of you</legend>
      <Tick name="agreed" type="radio" value="together" checked={given.agreed !== 'yes'} fault={faults.agreed} required>
        We choose together
        <span class="told quiet small">{askedText}</span>
      </Tick>
      <Tick name="agreed" id="agreed-both" type="radio" value="yes" checked={given.agreed === 'yes'} required>
        We have both agreed, I book for us
      </Tick>
    </fieldset>
  )

const unkept = { autocomplete: 'off', spellcheck: 'false' } as const

/** Of dates, whom they would rather not meet there. Never kept by the browser, nor sent to a spelling service. */
export const NotMeetField = ({ given, faults }: Pick<Props, 'given' | 'faults'>) => (
  <div class="field">
    <label for="notMeet">Is there anybody you would rather not meet there? (if you like)</label>
    <p id="notMeet-hint" class="quiet small">
      Only whoever leads these days reads it: nobody else of the practice, and not the other of you.
    </p>
    {!!faults.notMeet && (
      <p id="notMeet-fault" class="fault" safe>
        {faults.notMeet}
      </p>
    )}
    <textarea
      id="notMeet"
      name="notMeet"
      rows="3"
      maxlength="1000"
      {...unkept}
      aria-invalid={faults.notMeet ? 'true' : undefined}
      aria-describedby={faults.notMeet ? 'notMeet-hint notMeet-fault' : 'notMeet-hint'}
      safe
    >
      {given.notMeet ?? ''}
    </textarea>
  </div>
)

const AddressFields = ({ given, faults }: Pick<Props, 'given' | 'faults'>) => (
  <>
    <EmailField
      hint="Your appointment and any change come here, and nothing else."
      value={given.email}
      fault={faults.email}
    />
    <MailboxQuestion chosen={given.mailbox} faults={faults}>
      <details>
        <summary>What changes if somebody else may read it</summary>
        <p>
          Our mails say only when, from a neutral name, and the link in them shows the time alone. But whoever reads the
          mailbox sees that there is an appointment, and could have a code sent there that shows the rest. An address
          that only you read is better.
        </p>
      </details>
    </MailboxQuestion>
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
