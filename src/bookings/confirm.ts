import { checkCode, codeSpent, issueCode, wrongCode } from '../identity/codes.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import { emit } from '../kernel/events.ts'
import type { PaymentDeps } from '../payments/deps.ts'
import { findDues } from '../payments/due-store.ts'
import { awaitsCode, bookerYes } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import { asItIs } from './as-it-is.ts'
import { type Booking, noSuchBooking, wrongState } from './booking.ts'
import { giveYes } from './give-yes.ts'
import { lockWithResources } from './lock-store.ts'
import { readerOf } from './resume.ts'
import { confirmBooking } from './settle.ts'
import { findBooking } from './store.ts'

/**
 * Confirms a booking that costs nothing by the code that was mailed to the booker. Where others must say yes as well, it is
 * the booker's own: only from then on anybody is asked or told of it.
 * @throws wrong-code, code-spent (after five tries or ten minutes), wrong-state, no-such-booking
 */
export async function confirmByCode(deps: PaymentDeps, scope: PracticeScope, id: string, code: string): Promise<void> {
  await mustWaitForCode(deps, scope, id)
  const verdict = await checkCode(deps, deps.db, scope, { purpose: 'confirm_booking', subject: id, code })
  if (verdict === 'wrong') throw wrongCode('Look at the newest mail and give its eight digits')
  if (verdict === 'spent') throw codeSpent('Ask for a new code')
  await deps.db.transaction(async tx => {
    const booking = await lockWithResources(tx, scope, id)
    if (booking?.state === 'requested') return request(deps, tx, scope, booking)
    if (booking?.state !== 'held') throw wrongState('This time was not confirmed in time and is free again')
    await confirmBooking(deps, tx, scope, booking, `booking:${id}`)
  })
}

/** Others are asked from now on; if they have said yes already, it is confirmed. */
async function request(deps: PaymentDeps, tx: Transaction, scope: PracticeScope, booking: Booking): Promise<void> {
  const { id } = booking
  const own = (await findAcceptances(tx, scope, id)).find(({ by }) => by === bookerYes)
  if (!own || own.answer) throw wrongState('The code was given already')
  if (own.deadline <= deps.now()) throw wrongState('This time was not confirmed in time and is free again')
  await giveYes(deps, tx, scope, readerOf(booking), booking, bookerYes)
  if ((await findBooking(tx, scope, id))?.state !== 'requested') return
  const practice = scope.practice.id
  await emit(deps, tx, { practice, actor: `booking:${id}`, kind: 'booking.requested', subjects: { booking: id } })
}

/** Mails a new code, at most three an hour; beyond that nothing is sent, and nothing is said. */
export async function sendCode(deps: PaymentDeps, scope: PracticeScope, id: string): Promise<void> {
  await mustWaitForCode(deps, scope, id)
  await deps.db.transaction(async tx => {
    const booking = await findBooking(tx, scope, id)
    if (!booking) throw noSuchBooking('There is no such booking')
    const person = booking.bookerId
    const code = await issueCode(deps, tx, scope, { purpose: 'confirm_booking', person, subject: id })
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

async function mustWaitForCode({ db }: PaymentDeps, scope: PracticeScope, id: string): Promise<void> {
  const booking = await findBooking(db, scope, id)
  if (!booking) throw noSuchBooking('There is no such booking')
  const asked = booking.state === 'requested' && awaitsCode(await findAcceptances(db, scope, id))
  if (booking.state !== 'held' && !asked)
    throw wrongState(asItIs(booking.state, { requested: 'no code is asked for it now' }))
  if ((await findDues(db, scope, id)).length > 0)
    throw wrongState('This time is confirmed by its payment: no code is asked for')
}
