import type { FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Booking } from '../../bookings/booking.ts'
import { listFollows } from '../../bookings/list-follows.ts'
import type { Movable } from '../../bookings/list-moves.ts'
import type { Deps } from '../../kernel/deps.ts'
import { instantOf } from '../../kernel/time.ts'
import { rangeText } from '../components/words.ts'

/** What goes elsewhere when days are moved to another start, in sentences before the click. */
export async function followTexts(
  deps: Deps,
  { scope, actor }: Pick<FastifyRequest, 'scope' | 'actor'>,
  { booking, movable, zone }: { booking: Booking; movable: Movable; zone: string },
  start: DateTime
): Promise<string[]> {
  const { own, others } = await listFollows(deps, scope, actor, booking, movable, start)
  const text = ({ start, end }: { start: number; end: number }) => rangeText(instantOf(start), instantOf(end), zone)
  return [
    ...own.map(({ step, to }) =>
      to
        ? `What is on ${text(step)} no longer fits. It moves along, to ${text(to)}; you can change it afterwards.`
        : `What is on ${text(step)} no longer fits, and no time is free for it. It is kept for you, and you choose another time.`
    ),
    // Always the same: whether it has to move would tell when it is.
    ...(others ? ['If the conversation just for the other of you has to move, they hear of it from us.'] : [])
  ]
}
