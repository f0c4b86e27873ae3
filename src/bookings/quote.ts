import { alternativesTo, choose, nearest } from '../availability/choose.ts'
import { viewSlot } from '../availability/read-slots.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { duesOf } from '../payments/due.ts'
import { choiceOf } from './choice-of.ts'
import { policyAhead } from './policy-ahead.ts'
import { quoteSeat } from './quote-seat.ts'
import { refusalOf } from './refuse.ts'
import type { QuoteView, Start } from './schema.ts'

/**
 * What a start would mean: the times, what is due when, and until when how much comes back. Nothing is taken. Where the
 * appointments stand apart, each is free or not by itself, with other starts of its day and its week.
 * @throws no-such-session-type, not-offered, too-soon, too-far, invalid-input; a taken time is answered with `free: false`
 */
export async function quote(deps: Deps, scope: PracticeScope, slug: string, wish: Start): Promise<QuoteView> {
  const { edition } = wish
  if (edition) return quoteSeat(deps, scope, { slug, edition })
  const { db } = deps
  const { practice } = scope
  const now = deps.now()
  const choice = choiceOf(slug, wish)
  const chosen = await choose(db, scope, choice, now.toMillis())
  const { verdict, type, laid, open } = chosen
  if (laid.length === 0) throw await refusalOf(deps, scope, type, choice, verdict)
  const instead = type.plan.apart || verdict === 'free' ? [] : await nearest(db, scope, choice, now.toMillis())
  const start = instantOf(laid[0]?.start ?? choice.start)
  const dues = duesOf(type, start, practice.zone, now)
  return {
    appointments: [...laid, ...open]
      .sort((one, other) => one.ordinal - other.ordinal)
      .map(step => {
        // When the other's own step is, is theirs: it is reserved, and they choose.
        if (step.who === 'second') return { who: 'other' as const }
        if (!('verdict' in step))
          return { who: step.who, step: step.ordinal, open: { from: instantOf(step.from), to: instantOf(step.to) } }
        return {
          start: instantOf(step.start),
          end: instantOf(step.end),
          who: step.who,
          free: step.verdict === 'free',
          ...(step.proposed && { proposed: true }),
          alternatives: (type.plan.apart ? alternativesTo(chosen, step, now.toMillis()) : instead).map(viewSlot)
        }
      }),
    price: type.price,
    dues,
    policy: policyAhead(type, start, dues, practice.zone, now),
    termsVersion: practice.termsVersion
  }
}
