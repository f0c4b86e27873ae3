import { listMembers } from '../clients/client-store.ts'
import { type Actor, actorName, notAllowed } from '../identity/actor.ts'
import { findName } from '../identity/find-name.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { cellsOf } from '../identity/sight.ts'
import { record } from '../kernel/audit.ts'
import type { Deps } from '../kernel/deps.ts'
import { findDues } from '../payments/due-store.ts'
import { findRefundable } from '../payments/refund.ts'
import { wantsCalls } from './calls.ts'
import { noSuchEdition } from './edition.ts'
import { findEdition } from './edition-store.ts'
import { viewEdition } from './list-editions.ts'
import { readNotMeet } from './not-meet.ts'
import { findOpenOffer } from './offer-store.ts'
import type { RosterView } from './roster-schema.ts'
import { listSeatBookings } from './seat-store.ts'
import { findBooking } from './store.ts'
import { listEntries } from './waitlist-store.ts'

/**
 * Who comes to an edition and who waits, for staff as the table says: with names, or the balances alone. The look is
 * written down with every id that was read.
 * @throws no-such-edition, not-allowed
 */
export async function readRoster(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<RosterView> {
  const { db } = deps
  const edition = await findEdition(db, scope, id)
  if (!edition) throw noSuchEdition('There is no such edition')
  const cells: readonly string[] = cellsOf('retreat roster', actor, {
    joint: true,
    therapist: edition.therapist.personId
  })
  const isFull = cells.includes('full')
  if (!isFull && !cells.includes('balances')) throw notAllowed('The roster is for staff')
  const unmet = await readNotMeet(deps, scope, actor, edition)
  const items: RosterView['items'] = []
  for (const { id: booking, state, clientId } of await listSeatBookings(db, scope, id))
    items.push({
      booking,
      client: clientId,
      state,
      ...(isFull && { people: await namesOf(deps, scope, clientId) }),
      ...notMeetOf(unmet, clientId),
      ...(await balanceOf(deps, scope, booking))
    })
  const waitlist = isFull ? await readLine(deps, scope, id, unmet) : undefined
  const subjects = [...items.map(({ booking }) => booking), ...(waitlist ?? []).map(one => one.id)]
  await record(db, deps.now, { practice: scope.practice.id, actor: actorName(actor), kind: 'read-roster', subjects })
  const afterCalls = await wantsCalls(db, scope, edition)
  return { ...(await viewEdition(db, scope, edition)), afterCalls, items, ...(waitlist && { waitlist }) }
}

type Unmet = Awaited<ReturnType<typeof readNotMeet>>

function notMeetOf(unmet: Unmet, client: string): { notMeet?: string[] } {
  const words = unmet.get(client)
  return words ? { notMeet: words } : {}
}

async function readLine(
  deps: Deps,
  scope: PracticeScope,
  id: string,
  unmet: Unmet
): Promise<NonNullable<RosterView['waitlist']>> {
  const line: NonNullable<RosterView['waitlist']> = []
  for (const entry of await listEntries(deps.db, scope, id))
    line.push({
      id: entry.id,
      client: entry.clientId,
      position: entry.position,
      state: entry.state,
      people: await namesOf(deps, scope, entry.clientId),
      ...notMeetOf(unmet, entry.clientId),
      since: entry.createdAt,
      until: (await findOpenOffer(deps.db, scope, entry.id))?.expiresAt ?? null,
      proven: entry.provenAt !== null,
      approved: entry.approvedAt !== null
    })
  return line
}

async function balanceOf({ db }: Deps, scope: PracticeScope, booking: string) {
  const found = await findBooking(db, scope, booking)
  if (!found) throw new Error(`The booking ${booking} is gone`)
  const { price } = found
  const paid = (await findRefundable(db, scope, booking)).reduce((sum, { left }) => sum + left, 0)
  const owed = (await findDues(db, scope, booking))
    .filter(({ state }) => !settled.includes(state))
    .reduce((sum, { amount }) => sum + amount.amount, 0)
  return { price, paid: { ...price, amount: paid }, owed: { ...price, amount: owed } }
}

const settled: readonly string[] = ['paid', 'waived', 'void']

async function namesOf(deps: Deps, scope: PracticeScope, clientId: string): Promise<{ id: string; name: string }[]> {
  const people: { id: string; name: string }[] = []
  for (const { personId, leftAt } of await listMembers(deps.db, scope, clientId))
    if (leftAt === null) people.push({ id: personId, name: (await findName(deps, deps.db, scope, personId)) ?? '' })
  return people
}
