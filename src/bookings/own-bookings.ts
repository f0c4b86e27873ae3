import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import { findJoinable, join } from '../identity/join.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import type { Deps } from '../kernel/deps.ts'
import { noSuchBooking } from './booking.ts'
import type { OwnBookingsQuery } from './list-schema.ts'
import { listBookedBy, selectBookings } from './list-store.ts'
import { viewFor } from './read-booking.ts'
import type { BookingView } from './schema.ts'

/** A person's own bookings, oldest first, as they may see each. */
export async function listOwnBookings(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  query: OwnBookingsQuery
): Promise<{ items: BookingView[]; next: string | null }> {
  const own = await ownIds(deps.db, scope, signedInPerson(actor).person)
  const rows = await selectBookings(deps.db, scope, { ...query, own })
  const page = rows.slice(0, query.limit)
  const items: BookingView[] = []
  for (const booking of page) items.push(await viewFor(deps, scope, actor, booking))
  return { items, next: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null }
}

/** A booking that was made with the person's address: its times alone, until they say that it is theirs. */
export interface Found {
  id: string
  start: DateTime
  end: DateTime
}

/** @param tokens the bookings' tokens that the browser or program shows */
export async function findFound(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  tokens: readonly string[]
): Promise<Found[]> {
  const persons = await findJoinable(deps, scope, signedInPerson(actor).person, tokens)
  const rows = persons.length > 0 ? await listBookedBy(deps.db, scope, persons) : []
  return rows.map(({ id, start, end }) => ({ id, start, end }))
}

/** Makes the bookings that were chosen a person's own. @throws no-such-booking where one is none that was offered */
export async function joinFound(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { bookings, tokens }: { bookings: readonly string[]; tokens: readonly string[] }
): Promise<void> {
  const { person } = signedInPerson(actor)
  const persons = await findJoinable(deps, scope, person, tokens)
  const rows = persons.length > 0 ? await listBookedBy(deps.db, scope, persons) : []
  const chosen = rows.filter(({ id }) => bookings.includes(id))
  if (chosen.length < new Set(bookings).size) throw noSuchBooking('There is no such booking to add')
  await join(deps, scope, person, [...new Set(chosen.map(({ bookerId }) => bookerId))])
}
