import type { Stretch } from '../../db/schema/columns.ts'
import { problem } from '../kernel/problem.ts'
import type { Movable } from './list-moves.ts'

export const notInTheWay = problem('not-in-the-way', 409, 'It is at another time by now')

/**
 * What was chosen for an appointment because an absence collides with it is done only while it does: whoever had it moved
 * or let fall meanwhile has answered already. Asked under the locks of the change.
 * @param moved all that belongs together
 * @throws not-in-the-way
 */
export function mustBeInTheWay({ moved }: Pick<Movable, 'moved'>, absence: Stretch | undefined): void {
  if (!absence) return
  const { start, end } = absence
  if (!moved.some(one => one.state === 'planned' && one.startsAt < end && start < one.endsAt))
    throw notInTheWay('It does not lie in that absence any more: leave it where it is')
}
