import type { Actor } from '../identity/actor.ts'
import { issueLink, type Link } from '../identity/links.ts'
import { readRecipient } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { Money } from '../kernel/money.ts'
import { type Attempt, isLive } from '../payments/attempt.ts'
import { findAttempts } from '../payments/attempt-store.ts'
import { readLink } from './acceptance-link.ts'
import { viewFor } from './read-booking.ts'
import type { BookingView } from './schema.ts'
import { findBooking } from './store.ts'

/** A booking that was just made: as its booker sees it, the token that opens it, and what is to be paid where Stripe was not asked yet. */
export interface Made {
  view: BookingView
  price: Money
  token: string
  /** The page on which the other answers, where they are asked by a link. */
  partnerLink: string | undefined
  unasked: { attempt: Attempt; email: string } | undefined
}

/** Whoever made a booking reads it by the token of its answer. */
export function readerOf({ id, bookerId }: { id: string; bookerId: string }) {
  return { kind: 'booking', booking: id, person: bookerId, purpose: 'booking_answer' } as const satisfies Actor
}

/** For this long the program or browser that booked may read and pay its booking. */
const answerHours = 24

/** What the token opens by which whoever books opens their booking. */
export function answerLink({ now }: Deps, { id, bookerId }: { id: string; bookerId: string }): Link {
  return { purpose: 'booking_answer', person: bookerId, subject: id, expiresAt: now().plus({ hours: answerHours }) }
}

/**
 * Goes on with a booking that an earlier run of the same request made before it died. Nobody was given that run's token,
 * of which only the hash is kept: this one gets its own.
 * @returns undefined where no such booking was made
 */
export async function resume(deps: Deps, scope: PracticeScope, id: string): Promise<Made | undefined> {
  const { db } = deps
  const booking = await findBooking(db, scope, id)
  if (!booking) return undefined
  const { bookerId, state } = booking
  const attempts = state === 'held' ? await findAttempts(db, scope, id) : []
  const attempt = attempts.find(attempt => isLive(attempt) && !attempt.checkoutId)
  return {
    view: await viewFor(deps, scope, readerOf(booking), booking),
    price: booking.price,
    token: await issueLink(db, scope, answerLink(deps, booking)),
    partnerLink: await readLink(deps, db, scope, booking),
    unasked: attempt && { attempt, email: (await readRecipient(deps, db, scope, bookerId)).email }
  }
}
