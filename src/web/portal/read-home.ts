import type { FastifyRequest } from 'fastify'
import { DateTime } from 'luxon'
import { findFound, listOwnBookings } from '../../bookings/own-bookings.ts'
import { listOwnPlaces } from '../../bookings/own-places.ts'
import { readOwnCall } from '../../bookings/read-own-call.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { findBooking } from '../../bookings/store.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { listSessionTypes } from '../../catalog/store.ts'
import { shownBookings } from '../../identity/cookies.ts'
import { readPerson } from '../../identity/people.ts'
import { signedInPerson } from '../../identity/signed-in.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { Line } from './home.tsx'

/** How many a page shows of what was. */
const mostPast = 20
const pastDays = 400
/** How many are asked for at once: more than anybody has. */
const most = 200

const waiting: Partial<Record<BookingView['state'], string>> = {
  requested: 'not yet confirmed',
  held: 'kept for you, not confirmed yet',
  releasing: 'being settled'
}
const over: Partial<Record<BookingView['state'], string>> = {
  cancelled: 'did not take place',
  expired: 'was not confirmed',
  // As what lapsed: whose no it was, and whether there was one, nobody reads here.
  declined: 'was not confirmed'
}

/** What a person's home shows. */
export async function readHome(deps: Deps, { scope, actor, cookies }: FastifyRequest) {
  const now = deps.now()
  const { name, zone } = await readPerson(deps, deps.db, scope, signedInPerson(actor).person)
  const all = await listOwnBookings(deps, scope, actor, { from: now, limit: most })
  const before = await listOwnBookings(deps, scope, actor, {
    from: now.minus({ days: pastDays }),
    to: now,
    limit: most
  })
  const types = new Map((await listSessionTypes(deps.db, scope)).map(type => [type.slug, type]))
  const calls = new Set<string>()
  for (const { id, state } of all.items) {
    const booking = state === 'requested' ? await findBooking(deps.db, scope, id) : undefined
    if (booking && (await readOwnCall(deps, scope, actor, booking))) calls.add(id)
  }
  const lines = (items: readonly BookingView[]) =>
    items.flatMap(view => {
      const times = timesOf(view.appointments)
      const { id, state, answerable } = view
      const type = types.get(view.sessionType ?? '')
      const standing = times.filter(({ state }) => state !== 'skipped' && state !== 'cancelled')
      const next = standing.find(({ end }) => end > now)
      // Of a series the next one stands for all, and how many more there are.
      const series = !!type?.plan.repeat && times.length > 1
      const first = series ? (next ?? standing.at(-1) ?? times[0]) : times[0]
      const open = view.appointments.find(one => 'open' in one)
      if (open && 'open' in open && state === 'confirmed' && !first) {
        const { from: start, to: end } = open.open
        return [{ id, start, end, name: type?.name ?? '', state: 'its time is still to be chosen', changeable: false }]
      }
      if (!first) return []
      const more = series ? standing.filter(({ start }) => start > first.start).length : 0
      const line: Line = {
        id,
        // A conversation before private days is the first of them, whatever its number in the plan.
        start: series ? first.start : DateTime.min(first.start, ...times.map(({ start }) => start)),
        end: series ? first.end : DateTime.max(first.end, ...times.map(({ end }) => end)),
        name: type?.name ?? '',
        state:
          more > 0 && state === 'confirmed'
            ? `and ${more} more`
            : answerable
              ? 'a time was suggested: open it to answer'
              : calls.has(id)
                ? 'not yet confirmed: a private call with each of you comes first'
                : (waiting[state] ?? over[state]),
        changeable: state === 'confirmed' && first.start > now
      }
      return [line]
    })
  const isAhead = (view: BookingView) => view.state === 'confirmed' || view.state in waiting
  const ahead = lines(all.items.filter(isAhead)).sort((one, other) => one.start.toMillis() - other.start.toMillis())
  const shown = new Set(ahead.map(({ id }) => id))
  const past = lines([...before.items, ...all.items.filter(view => !isAhead(view))])
    .filter(({ id }) => !shown.has(id))
    .sort((one, other) => other.start.toMillis() - one.start.toMillis())
  const unique = [...new Map(past.map(line => [line.id, line])).values()].slice(0, mostPast)
  const found = await findFound(deps, scope, actor, shownBookings(cookies, deps.settings))
  return { name: name ?? undefined, zone, ahead, past: unique, places: await listOwnPlaces(deps, scope, actor), found }
}
