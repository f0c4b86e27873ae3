import { checkCode, codeSpent, issueCode, wrongCode } from '../identity/codes.ts'
import { issueLink } from '../identity/links.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { noSuchBooking } from './booking.ts'
import { findBooking } from './store.ts'

/** Minutes that a browser which gave the mailed code sees the whole booking. */
export const openMinutes = 30

/** Mails the booker a code that opens the whole booking in the browser that asks; at most three an hour, silently. */
export async function askToOpen(deps: Deps, scope: PracticeScope, id: string): Promise<void> {
  await deps.db.transaction(async tx => {
    const booking = await findBooking(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    const code = await issueCode(deps, tx, scope, { purpose: 'open_booking', person: booking.bookerId, subject: id })
    const practice = scope.practice.id
    if (code)
      await emit(deps, tx, {
        practice,
        actor: `booking:${id}`,
        kind: 'booking.code-asked',
        subjects: { booking: id, code }
      })
  })
}

/**
 * Exchanges the mailed code for a token that opens the whole booking for half an hour.
 * @throws wrong-code, code-spent, no-such-booking
 */
export async function openByCode(deps: Deps, scope: PracticeScope, id: string, code: string): Promise<string> {
  const { db, now } = deps
  const booking = await findBooking(db, scope, id)
  if (!booking) throw noSuchBooking('There is no such booking')
  const verdict = await checkCode(deps, db, scope, { purpose: 'open_booking', subject: id, code })
  if (verdict === 'wrong') throw wrongCode('Look at the newest mail and give its eight digits')
  if (verdict === 'spent') throw codeSpent('Ask for a new code')
  const expiresAt = now().plus({ minutes: openMinutes })
  return issueLink(db, scope, { purpose: 'booking_answer', person: booking.bookerId, subject: id, expiresAt })
}
