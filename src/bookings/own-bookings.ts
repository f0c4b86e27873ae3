import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import { findJoinable, join } from '../identity/join.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import type { Deps } from '../kernel/deps.ts'
import { listBlocks } from './block-store.ts'
import { noSuchBooking } from './booking.ts'
import { viewBlocks } from './edition-schema.ts'
import type { OwnBookingsQuery } from './list-schema.ts'
import { listBookedBy, selectBookings } from './list-store.ts'
import { listAsked } from './mailbox-store.ts'
import { joinPlace } from './prove-place.ts'
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

/** A booking that was made with the person's address, or a place in line: its times alone, until they say that it is theirs. */
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
  const { booked, asked } = await listFound(deps, scope, actor, tokens)
  const blocks = await listBlocks(deps.db, scope, [...new Set(asked.map(({ editionId }) => editionId))])
  const places = asked.map(({ id, editionId }) => ({
    id,
    ...viewBlocks(blocks.filter(block => block.editionId === editionId))
  }))
  return [...booked, ...places]
    .map(({ id, start, end }) => ({ id, start, end }))
    .sort((one, other) => one.start.toMillis() - other.start.toMillis())
}

/**
 * Makes what was chosen a person's own: bookings, and places in line, which count from now on and lie where they were.
 * @throws no-such-booking where one is none that was offered
 */
export async function joinFound(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { bookings, tokens }: { bookings: readonly string[]; tokens: readonly string[] }
): Promise<void> {
  const { person } = signedInPerson(actor)
  const { booked, asked } = await listFound(deps, scope, actor, tokens)
  const chosen = booked.filter(({ id }) => bookings.includes(id))
  const places = asked.filter(({ id }) => bookings.includes(id))
  if (chosen.length + places.length < new Set(bookings).size) throw noSuchBooking('There is no such booking to add')
  await join(deps, scope, person, [...new Set(chosen.map(({ bookerId }) => bookerId))])
  for (const place of places) await joinPlace(deps, scope, actor, place)
}

async function listFound(deps: Deps, scope: PracticeScope, actor: Actor, tokens: readonly string[]) {
  const persons = await findJoinable(deps, scope, signedInPerson(actor).person, tokens)
  if (persons.length === 0) return { booked: [], asked: [] }
  return { booked: await listBookedBy(deps.db, scope, persons), asked: await listAsked(deps.db, scope, persons) }
}
