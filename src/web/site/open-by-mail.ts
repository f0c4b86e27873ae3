import type { FastifyReply, FastifyRequest } from 'fastify'
import { standingOf } from '../../bookings/standing.ts'
import { findBooking } from '../../bookings/store.ts'
import { cookieNames, keepBooking } from '../../identity/cookies.ts'
import { openLink } from '../../identity/links.ts'
import type { Deps } from '../../kernel/deps.ts'
import { notFound } from '../../kernel/problem.ts'

/**
 * Swaps a mailed token for a cookie, so that it stands in one entry of the browser's history and in no address after it.
 * A browser that may see more of the booking already keeps what it has.
 * @returns the booking's id
 * @throws not-found where the link is unknown or over
 */
export async function openByMail(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string
): Promise<string> {
  const { db, now, settings } = deps
  const link = await openLink(db, request.scope, token, now())
  if (!link) throw notFound('This link is over, or not whole')
  reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  const { subject: booking, expiresAt } = link
  // Who is signed in and takes part sees more by that than the link shows.
  const found = request.actor.kind === 'person' ? await findBooking(db, request.scope, booking) : undefined
  if (found && (await standingOf(db, request.scope, request.actor, found))) return booking
  const kept = request.cookies[cookieNames(settings).booking(booking)]
  const known = kept ? await openLink(db, request.scope, kept, now()) : undefined
  if (known?.subject !== booking || known.purpose !== 'booking_answer')
    keepBooking(reply, deps, { booking, token, expiresAt })
  return booking
}
