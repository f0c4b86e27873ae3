import { type Faults, Tick } from '../components/fields.tsx'
import type { Given } from './detail-fields.tsx'
import type { Offer } from './details.tsx'

/** The terms as they are kept with the consent, and what they mean for this time in sums and dates. */
export const Consent = ({ offer, given, faults }: { offer: Offer; given: Given; faults: Faults }) => (
  <section aria-labelledby="terms">
    <h2 id="terms">What you agree to</h2>
    {!offer.instalments && (
      <p class="figures">
        <strong safe>{offer.policy}</strong>
      </p>
    )}
    <p class="small quiet figures" safe>
      {offer.terms}
    </p>
    <Tick name="consent" checked={given.consent === 'yes'} fault={faults.consent} required>
      I have read this and agree to it
    </Tick>
  </section>
)

/** All at once, or in instalments: exact sums and days before anything is agreed to. */
export const HowToPay = ({
  offer: { price, policy },
  instalments,
  given
}: {
  offer: Offer
  instalments: NonNullable<Offer['instalments']>
  given: Given
}) => (
  <fieldset>
    <legend>How you would like to pay</legend>
    <Tick name="pay" type="radio" value="full" checked={given.pay !== 'instalments'}>
      <span safe>{`All at once: ${price}`}</span>
      <span class="told quiet small" safe>
        {`If you cancel: ${policy}`}
      </span>
    </Tick>
    <Tick name="pay" id="pay-instalments" type="radio" value="instalments" checked={given.pay === 'instalments'}>
      <span safe>{`In instalments: ${instalments.dues}`}</span>
      <span class="told quiet small" safe>
        {`If you cancel: ${instalments.policy}`}
      </span>
    </Tick>
  </fieldset>
)

interface PreviewProps {
  office: string
  day: string
  /** What the card's statement shows; undefined where nothing is paid. */
  statement: string | undefined
}

/** Everything that others could see of it, before anything is sent. */
export const Preview = ({ office, day, statement }: PreviewProps) => (
  <section class="card wash" aria-labelledby="seen">
    <h2 id="seen">What others could see</h2>
    <p>This is all that others could see:</p>
    <dl class="facts">
      <dt>Mail</dt>
      <dd safe>{`from ${office}: “Your appointment on ${day}”`}</dd>
      <dt>Calendar</dt>
      <dd>Appointment</dd>
      {!!statement && (
        <>
          <dt>Card</dt>
          <dd safe>{`${statement}; your bank’s app and wallet may show the same`}</dd>
        </>
      )}
    </dl>
    <details>
      <summary>
        {statement ? 'Do you share the card or the mailbox with somebody?' : 'Do you share the mailbox with somebody?'}
      </summary>
      <p safe>
        {`Give an address that only you read.${statement ? ' Pay with a card whose statement only you see, or one that you keep for yourself.' : ''} You can leave the calendar entry out: ignore the invitation in the mail.`}
      </p>
    </details>
  </section>
)
