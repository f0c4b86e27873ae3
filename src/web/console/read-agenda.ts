import { DateTime } from 'luxon'
import type { EditionView } from '../../bookings/edition-schema.ts'
import { listBookings } from '../../bookings/list-bookings.ts'
import { listEditionsForStaff } from '../../bookings/list-editions.ts'
import { listAskedMoves } from '../../bookings/move-store.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { readBookingCalls } from '../../bookings/read-calls.ts'
import type { BookingView } from '../../bookings/schema.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { listPlaces, listSessionTypes } from '../../catalog/store.ts'
import { type Actor, may } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { shows } from '../../identity/sight.ts'
import type { Deps } from '../../kernel/deps.ts'
import type { AgendaEntry } from './agenda.tsx'
import { aloneText } from './whose.ts'

/** What still takes its time, or took it. */
const shown = new Set(['requested', 'held', 'releasing', 'confirmed', 'completed', 'no_show'])
/** As many as one reading answers. */
const most = 200

/** The week of a day, from Monday, and everything that waits for an answer; each as this reader may see it. */
export async function readAgenda(deps: Deps, scope: PracticeScope, actor: Actor, week: string | undefined) {
  const { zone } = scope.practice
  const today = deps.now().setZone(zone)
  const monday = (week ? DateTime.fromISO(week, { zone }) : today).startOf('week')
  const days = Array.from({ length: 7 }, (_, day) => monday.plus({ days: day }))
  const stretch = { from: monday, to: monday.plus({ weeks: 1 }), limit: most }
  const view = await viewer(deps, scope, actor)
  const dates = may(actor, 'read editions') ? await datesIn(deps, scope, monday) : []
  const listed = async (query: Parameters<typeof listBookings>[3]) => {
    const { items } = await listBookings(deps, scope, actor, query)
    return withCalls(deps, scope, actor, view(items.filter(({ state }) => shown.has(state))))
  }
  const entries = await listed(stretch)
  const waiting = await listed({ state: 'requested', limit: most })
  const asked: BookingView[] = []
  if (may(actor, 'approve bookings'))
    for (const id of await listAskedMoves(deps.db, scope, deps.now()))
      if (shows(await sightOfBooking(deps, scope, actor, id), 'changes'))
        asked.push(await readBooking(deps, scope, actor, id))
  return {
    days,
    today: today.toFormat('yyyy-LL-dd'),
    dates,
    entries: entries.filter(({ start, off }) => !off && monday <= start && start < monday.plus({ weeks: 1 })),
    waiting: [
      // Of several times that were asked for together the first stands for all.
      ...waiting.filter(
        ({ waitsForUs, booking }, index) => waitsForUs && waiting.findIndex(one => one.booking === booking) === index
      ),
      ...view(asked).map(entry => ({ ...entry, asksToMove: true }))
    ]
  }
}

/** Dates of which a block lies in the week. */
async function datesIn(deps: Deps, scope: PracticeScope, monday: DateTime): Promise<EditionView[]> {
  return (await listEditionsForStaff(deps, scope)).filter(
    ({ start, end, state }) => state !== 'cancelled' && start < monday.plus({ weeks: 1 }) && end > monday
  )
}

/** With the private calls that each of those waits for which this reader may answer. */
async function withCalls(deps: Deps, scope: PracticeScope, actor: Actor, entries: AgendaEntry[]) {
  const calls = new Map<string, AgendaEntry['calls']>()
  for (const { booking, mayAnswer } of entries)
    if (mayAnswer && !calls.has(booking)) calls.set(booking, await readBookingCalls(deps, scope, actor, booking))
  return entries.map(entry => ({ ...entry, calls: calls.get(entry.booking) ?? [] }))
}

function isMissing(yeses: BookingView['yeses'], whose: 'practice' | 'other'): boolean {
  return yeses?.some(({ by, answer }) => by === whose && answer === null) ?? false
}

/** Turns bookings, as this reader may see them, into entries. */
export async function viewer({ db }: Deps, scope: PracticeScope, actor: Actor) {
  const { zone } = scope.practice
  const types = new Map((await listSessionTypes(db, scope)).map(({ slug, name }) => [slug, name]))
  const places = new Map((await listPlaces(db, scope)).map(({ slug, name }) => [slug, name]))
  const mayAnswer = may(actor, 'approve bookings')
  return (bookings: readonly BookingView[]): AgendaEntry[] =>
    bookings
      .flatMap(({ id, state, appointments, people, yeses, sessionType, verified }) =>
        timesOf(appointments).map(({ id: appointment, start, end, place, state: own, who }) => ({
          booking: id,
          appointment,
          several: appointments.length > 1,
          off: own === 'skipped' || own === 'cancelled',
          start: start.setZone(zone),
          end: end.setZone(zone),
          names: people?.map(({ name }) => name || 'no name yet').join(', '),
          alone: aloneText({ people, appointments }, who),
          type: sessionType && (types.get(sessionType) ?? sessionType),
          place: place && (places.get(place) ?? place),
          state,
          verified,
          mayAnswer: mayAnswer && state === 'requested' && isMissing(yeses, 'practice'),
          calls: [],
          waitsForUs: state === 'requested' && (!yeses || isMissing(yeses, 'practice')),
          waitsForOther: isMissing(yeses, 'other')
        }))
      )
      .sort((one, other) => one.start.toMillis() - other.start.toMillis())
}
