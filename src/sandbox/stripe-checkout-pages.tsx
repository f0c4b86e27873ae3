import { Frame, sum } from './stripe-frame.tsx'
import { testCards } from './stripe-pay.ts'
import type { Session } from './stripe-state.ts'
import { onStatement } from './stripe-wire.ts'

export interface SessionPage {
  session: Session
  base: string
}

const faults = {
  declined: 'Your card was declined. Nothing was charged. Please try another card.',
  'not a test card': 'This page takes test cards only. Please use one of those below, never a real one.'
}

/** Where an open session is paid. */
export function PayPage({
  session,
  base,
  fault
}: SessionPage & { fault: keyof typeof faults | undefined }): JSX.Element {
  const { id, cancelUrl, displayName, product, email } = session
  return (
    <Frame title={fault ? 'Not paid yet: Payment' : 'Payment'} base={base}>
      {cancelUrl !== null && (
        <p class="back">
          <a href={cancelUrl}>Go back without paying</a>
        </p>
      )}
      <div class="columns">
        <section class="order" aria-labelledby="order">
          <h1 id="order" safe>
            {displayName ?? product}
          </h1>
          <dl>
            <div>
              <dt safe>{product}</dt>
              <dd safe>{sum(session)}</dd>
            </div>
            <div class="total">
              <dt>Total due</dt>
              <dd safe>{sum(session)}</dd>
            </div>
          </dl>
          <p class="hint" safe>{`On the card’s statement: ${onStatement(session)}`}</p>
        </section>
        <form method="post" action={`${base}/pay/${id}`} class="card" autocomplete="off">
          <h2>Pay by card</h2>
          {fault !== undefined && (
            <p role="alert" class="alert" id="fault" safe>
              {faults[fault]}
            </p>
          )}
          {email !== null && (
            <p class="payer">
              <span>E-mail</span> <b safe>{email}</b>
            </p>
          )}
          <label for="card">Card number</label>
          <input
            id="card"
            name="card"
            type="text"
            inputmode="numeric"
            required
            maxlength="23"
            value={testCards[0].number}
            aria-describedby={fault ? 'fault' : 'cards'}
            aria-invalid={fault ? 'true' : undefined}
          />
          <div class="pair">
            <p>
              <label for="expiry">Expiry</label>
              <input id="expiry" type="text" inputmode="numeric" value="12 / 34" maxlength="7" />
            </p>
            <p>
              <label for="cvc">Security code</label>
              <input id="cvc" type="text" inputmode="numeric" value="123" maxlength="4" />
            </p>
          </div>
          <button type="submit">
            Pay <span safe>{sum(session)}</span>
          </button>
          <TestCards />
        </form>
      </div>
    </Frame>
  )
}

function TestCards(): JSX.Element {
  return (
    <div class="hint" id="cards">
      <p>Test cards, with any expiry and code:</p>
      <ul>
        {testCards.map(({ number, does }) => (
          <li>
            <code>{number}</code> <span>{does}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
