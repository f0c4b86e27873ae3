import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { instantOf } from '../kernel/time.ts'
import { duesOf } from '../payments/due.ts'
import { lookAtSeat, seatRefusal } from './choose-seat.ts'
import { policyAhead } from './policy-ahead.ts'
import type { QuoteView } from './quote-schema.ts'
import { idsOfBooker } from './suit-client.ts'
import { mustSuitSeat } from './suit-seat.ts'

/**
 * What a seat of an edition would mean. Nothing is taken.
 * @param actor who asks: the rules that depend on who the client is are theirs
 * @throws no-such-edition, too-soon, too-far, not-offered; where there is none it is answered with `free: false`
 */
export async function quoteSeat(
  deps: Deps,
  scope: PracticeScope,
  wish: { slug: string; edition: string },
  actor?: Actor
): Promise<QuoteView> {
  const seat = await lookAtSeat(deps, scope, wish)
  const { verdict, type, laid } = seat
  if (verdict !== 'free' && verdict !== 'full') throw seatRefusal(seat, deps)
  if (verdict === 'free' && actor)
    await mustSuitSeat(deps.db, scope, await idsOfBooker(deps.db, scope, actor), seat, deps.now().toMillis())
  return meaningOf(deps, scope, type, laid, verdict === 'free')
}

/** The same of a seat that is there or not. */
export function meaningOf(
  { now }: Pick<Deps, 'now'>,
  { practice }: PracticeScope,
  type: Parameters<typeof duesOf>[0],
  laid: Awaited<ReturnType<typeof lookAtSeat>>['laid'],
  free: boolean
): QuoteView {
  const [first] = laid
  if (!first) throw new Error('An edition has no block that anybody comes to')
  const start = instantOf(first.start)
  const dues = duesOf(type, start, practice.zone, now())
  return {
    appointments: laid.map(({ start, end, who }) => ({
      start: instantOf(start),
      end: instantOf(end),
      who,
      free,
      alternatives: []
    })),
    price: type.price,
    dues,
    policy: policyAhead(type, start, dues, practice.zone, now()),
    termsVersion: practice.termsVersion
  }
}
