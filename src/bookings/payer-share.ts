import type { Actor } from '../identity/actor.ts'
import { type Belonging, cellsOf } from '../identity/sight.ts'
import type { Due } from '../payments/due.ts'

/**
 * Of what is owed for a booking, what this reader sees: a client their own share, billing each share, other staff what
 * the shares come to, and nobody else anything.
 * @param own the ids under which the reader's own things stand
 */
export function sharesSeen<D extends Pick<Due, 'payerId' | 'reason' | 'amount' | 'dueAt' | 'state'>>(
  actor: Actor,
  belonging: Belonging,
  own: readonly string[],
  dues: readonly D[]
): readonly D[] {
  const cells = cellsOf('payer share, card, receipt', actor, belonging)
  if (cells.includes('full')) return dues
  if (cells.includes('totals')) return totals(dues)
  return cells.includes('own') ? dues.filter(({ payerId }) => own.includes(payerId)) : []
}

/** One sum for each thing that is owed at a time in a state, whoever pays it. */
function totals<D extends Pick<Due, 'reason' | 'amount' | 'dueAt' | 'state'>>(dues: readonly D[]): D[] {
  const groups = Map.groupBy(dues, ({ reason, dueAt, state }) => `${reason} ${dueAt.toMillis()} ${state}`)
  return [...groups.values()].flatMap(([first, ...rest]) => {
    if (!first) return []
    const amount = rest.reduce((sum, { amount }) => sum + amount.amount, first.amount.amount)
    return [{ ...first, amount: { ...first.amount, amount } }]
  })
}
