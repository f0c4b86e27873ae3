import type { SessionPage } from './stripe-checkout-pages.tsx'
import { Frame, sum } from './stripe-frame.tsx'

/** What a bank shows to confirm a payment. */
export function ConfirmPage({ session, base }: SessionPage): JSX.Element {
  return (
    <Frame title="Confirm the payment" base={base}>
      <form method="post" action={`${base}/pay/${session.id}/confirm`} class="card">
        <h1>Confirm the payment</h1>
        <p>
          Your bank asks whether it is you who pays <b safe>{sum(session)}</b>.
        </p>
        <button type="submit" name="answer" value="yes">
          Confirm
        </button>
        <button type="submit" name="answer" value="no" class="second">
          Refuse
        </button>
      </form>
    </Frame>
  )
}

/** A session that can no longer be paid, because it was or because its time is over. */
export function EndedPage({ session, base, returnUrl }: SessionPage & { returnUrl: string }): JSX.Element {
  const isPaid = session.status === 'complete'
  const back = isPaid ? returnUrl : session.cancelUrl
  return (
    <Frame title={isPaid ? 'Already paid' : 'This page has expired'} base={base}>
      <div class="card">
        <h1>{isPaid ? 'Already paid' : 'This page has expired'}</h1>
        {isPaid ? (
          <p>
            <b safe>{sum(session)}</b> was paid here. There is nothing more to do.
          </p>
        ) : (
          <p>Its time to pay is over. Nothing was charged.</p>
        )}
        {back !== null && (
          <p>
            <a class="button" href={back}>
              {isPaid ? 'Go on' : 'Go back'}
            </a>
          </p>
        )}
      </div>
    </Frame>
  )
}

export function NoPage({ base }: { base: string }): JSX.Element {
  return (
    <Frame title="No such payment" base={base}>
      <div class="card">
        <h1>No such payment</h1>
        <p>This address belongs to no payment that was ever opened here.</p>
      </div>
    </Frame>
  )
}
