import type { Children } from '@kitajs/html'
import type { CancellationQuoteView } from '../../bookings/change-schema.ts'
import { moneyText } from '../../kernel/money.ts'

interface Props {
  quote: Pick<CancellationQuoteView, 'refund' | 'fee'> & { decideBy?: unknown }
  /** What is told besides. */
  children?: Children
}

/** What goes back and what is kept, in exact sums, before the click that decides. Only for who pays. */
export const Sums = ({ quote: { refund, fee, decideBy }, children }: Props) => (
  <dl class="facts">
    <dt>You get back</dt>
    <dd class="figures" safe>
      {moneyText(refund)}
    </dd>
    {fee.amount > 0 && (
      <>
        <dt>{decideBy ? 'The practice decides about' : 'We keep'}</dt>
        <dd class="figures" safe>
          {moneyText(fee)}
        </dd>
      </>
    )}
    {children}
  </dl>
)
