import type { DateTime } from 'luxon'
import { listBookings } from '../../bookings/list-bookings.ts'
import { type NamedCall, readBookingCalls } from '../../bookings/read-calls.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { listSessionTypes } from '../../catalog/store.ts'
import { listMemberships } from '../../clients/known-store.ts'
import { type Client, readClient } from '../../clients/read-clients.ts'
import { type Actor, may } from '../../identity/actor.ts'
import { ownIds } from '../../identity/own-ids.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { WebDeps } from '../deps.ts'

/** A client as staff look at it: what belongs to all of them, and beside it what is each one’s alone. */
export interface ClientPage {
  client: Client
  shared: BookingView[]
  members: (Client['members'][number] & { alone: BookingView[] })[]
  /** Of requests that wait for a private call with each, by when they would begin. */
  calls: { start: DateTime; calls: NamedCall[] }[]
  /** What each kind of session is called, by its slug. */
  types: ReadonlyMap<string, string>
}

/** At most so many bookings of a client are shown, the newest. */
const most = 200

/** @throws no-such-client */
export async function readClientPage(
  deps: WebDeps,
  scope: PracticeScope,
  actor: Actor,
  id: string
): Promise<ClientPage> {
  const client = await readClient(deps, scope, actor, id)
  const shared = await bookingsOf(deps, scope, actor, id)
  const members: ClientPage['members'] = []
  for (const member of client.members)
    members.push({ ...member, alone: await aloneOf(deps, scope, actor, member.person, id) })
  const calls: ClientPage['calls'] = []
  if (may(actor, 'approve bookings'))
    for (const booking of shared.filter(waitsForUs)) {
      const needed = await readBookingCalls(deps, scope, actor, booking.id)
      const [first] = timesOf(booking.appointments)
      if (first && needed.length > 0) calls.push({ start: first.start, calls: needed })
    }
  const types = new Map((await listSessionTypes(deps.db, scope)).map(({ slug, name }) => [slug, name]))
  return { client, shared, members, calls, types }
}

/** Whether a request waits for the practice's yes. */
function waitsForUs({ state, yeses = [] }: BookingView): boolean {
  return state === 'requested' && yeses.some(({ by, answer }) => by === 'practice' && answer === null)
}

/** What somebody has here by themselves. */
async function aloneOf(deps: WebDeps, scope: PracticeScope, actor: Actor, person: string, beside: string) {
  const own = await listMemberships(deps.db, scope, await ownIds(deps.db, scope, person))
  const clients = own.map(({ membership }) => membership).filter(({ kind }) => kind === 'individual')
  const found: BookingView[] = []
  for (const { clientId } of clients)
    if (clientId !== beside) found.push(...(await bookingsOf(deps, scope, actor, clientId)))
  return found
}

/** Another therapist’s bookings are left out: that there are any is nobody’s business here. */
async function bookingsOf(deps: WebDeps, scope: PracticeScope, actor: Actor, client: string) {
  const { items } = await listBookings(deps, scope, actor, { client, limit: most })
  return items.filter(view => view.client !== undefined)
}
