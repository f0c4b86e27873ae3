import { DateTime } from 'luxon'
import { Frame, sum } from './stripe-frame.tsx'
import type { Payment, Refund, Session, State } from './stripe-state.ts'

/** Everything that was to be paid or sent back, the newest first. */
export function ListPage({ state, base }: { state: State; base: string }): JSX.Element {
  const sessions = [...state.sessions.values()].reverse()
  const refunds = [...state.refunds.values()].reverse()
  return (
    <Frame title="Payments" base={base} wide>
      <h1>Payments</h1>
      {sessions.length === 0 ? (
        <p class="empty">Nobody was sent here to pay yet.</p>
      ) : (
        <ul class="rows">
          {sessions.map(session => (
            <SessionRow session={session} payment={state.payments.get(session.payment ?? '')} base={base} />
          ))}
        </ul>
      )}
      <h2>Refunds</h2>
      {refunds.length === 0 ? (
        <p class="empty">Nothing was sent back yet.</p>
      ) : (
        <ul class="rows">
          {refunds.map(refund => (
            <RefundRow refund={refund} />
          ))}
        </ul>
      )}
    </Frame>
  )
}

const sessionStates = { open: 'Open', complete: 'Paid', expired: 'Expired' }

function SessionRow(row: { session: Session; payment: Payment | undefined; base: string }): JSX.Element {
  const { session, payment, base } = row
  return (
    <li>
      <b safe>{sum(session)}</b>
      <span class={`state ${session.status}`} safe>
        {sessionStates[session.status]}
      </span>
      <span class="what">
        <span safe>{session.product}</span>
        {payment?.status === 'succeeded' && <span safe>{` · card ending in ${payment.last4}`}</span>}
        {session.email !== null && <span safe>{` · ${session.email}`}</span>}
      </span>
      <Made at={session.created} />
      <code safe>{payment?.status === 'succeeded' ? payment.id : session.id}</code>
      {session.status === 'open' && <a href={`${base}/pay/${session.id}`}>Payment page</a>}
    </li>
  )
}

const refundStates = { pending: 'Pending', succeeded: 'Sent back', failed: 'Failed' }

function RefundRow({ refund }: { refund: Refund }): JSX.Element {
  return (
    <li>
      <b safe>{sum(refund)}</b>
      <span class={`state ${refund.status}`} safe>
        {refundStates[refund.status]}
      </span>
      <span class="what">
        of <code safe>{refund.payment}</code>
      </span>
      <Made at={refund.created} />
      <code safe>{refund.id}</code>
    </li>
  )
}

function Made({ at }: { at: number }): JSX.Element {
  const time = DateTime.fromSeconds(at, { zone: 'utc' })
  return (
    <time datetime={time.toISO() ?? ''} safe>
      {time.toFormat("d LLL yyyy, HH:mm 'UTC'")}
    </time>
  )
}
