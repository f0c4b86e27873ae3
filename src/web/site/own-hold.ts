import type { FastifyRequest } from 'fastify'
import { findKeeping } from '../../bookings/store.ts'
import { heldBookings } from '../../identity/cookies.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Choice, firstStart } from '../choice.ts'

/**
 * The address of the booking by which this very browser keeps the chosen time: who comes back from the card page, or
 * presses twice, is led to what is theirs, and not told that somebody has taken it.
 */
export async function ownHold(
  deps: Deps,
  { scope, cookies }: FastifyRequest,
  choice: Choice
): Promise<string | undefined> {
  const held = heldBookings(cookies, deps.settings)
  const id = await findKeeping(deps.db, scope, held, firstStart(choice))
  return id && `/b/${id}`
}
