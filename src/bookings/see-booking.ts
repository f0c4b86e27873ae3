import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { type Belonging, cellsOf, type Sight, seenBy, sightOf } from '../identity/sight.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { isLive } from '../payments/attempt.ts'
import { findAttempts } from '../payments/attempt-store.ts'
import type { Due } from '../payments/due.ts'
import { findDues } from '../payments/due-store.ts'
import { awaitsCode, isOthersNo } from './acceptance.ts'
import { findAcceptances } from './acceptance-store.ts'
import { findAppointments } from './appointment-store.ts'
import { type Booking, noSuchBooking, takesTime } from './booking.ts'
import { isOwn, ownTimes, whoseOf } from './own-times.ts'
import { sharesSeen } from './payer-share.ts'
import { peopleOf } from './people-of.ts'
import { idsOf, standingOf } from './standing.ts'
import { findBooked, findPeopleOf } from './store.ts'
import { listPossibleTimes } from './times-store.ts'
import type { BookingFacts, SeenBooking } from './view-booking.ts'

/** From so many hours before the start on, the mailed link tells where it is. */
const nearHours = 24

type Booked = NonNullable<Awaited<ReturnType<typeof findBooked>>>

/** What this reader may see of a booking, whatever its times. @throws no-such-booking */
export async function sightOfBooking({ db }: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<Sight> {
  const booked = await findBooked(db, scope, id)
  if (!booked) throw noSuchBooking('There is no such booking')
  return sightOf(actor, await belongingOf(db, scope, actor, id, booked))
}

/** A booking as this reader may see it: what the reader may not see is not read. */
export async function seeBooking(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  booking: Booking
): Promise<SeenBooking> {
  const { db } = deps
  const { id, state, holdUntil, clientId, price } = booking
  const [booked, appointments] = await Promise.all([findBooked(db, scope, id), findAppointments(db, scope, id)])
  if (!booked) throw new Error(`The booking ${id} has no session type, therapist or place`)
  const belonging = await belongingOf(db, scope, actor, id, booked)
  const whose = await whoseOf(db, scope, actor, booking)
  const own = appointments.filter(({ who }) => isOwn(who, whose))
  const sight = sightOf(actor, belonging, isNear(booking, own, deps.now()))
  return seenBy<BookingFacts>(sight, {
    time: () => ({
      taken: takesTime(state),
      appointments: ownTimes(booked.plan, appointments, whose, takesTime(state))
    }),
    state: () => ({ state, holdUntil }),
    place: () => booked.place.slug,
    link: () => (state === 'confirmed' ? booked.place.link : null),
    therapist: () => [booked.therapistSlug, booked.secondSlug],
    type: () => booked.typeSlug,
    names: () => peopleOf(deps, scope, booking),
    client: () => clientId,
    amounts: async () => {
      const dues = sharesSeen(actor, belonging, await idsOf(db, scope, actor), await findDues(db, scope, id))
      if (actor.kind === 'staff') return { price, dues }
      return { price, dues, url: state === 'held' ? await urlOf(db, scope, id, dues) : null }
    },
    changes: async () => {
      const standing = state === 'requested' ? await standingOf(db, scope, actor, booking) : undefined
      return {
        answerable: standing === 'asked',
        awaitsCode: standing === 'booker' && awaitsCode(await findAcceptances(db, scope, id))
      }
    }
  })
}

/** When it would suit the other who wanted another time: what they say is addressed to the therapist, and to nobody else. */
export async function readOtherTimes({ db }: Deps, scope: PracticeScope, actor: Actor, { id, state }: Booking) {
  if (actor.kind !== 'staff' || state !== 'declined') return []
  const booked = await findBooked(db, scope, id)
  if (!booked) return []
  const cells = cellsOf('partner’s answers', actor, await belongingOf(db, scope, actor, id, booked))
  return cells.includes('what was addressed to the therapist') ? listPossibleTimes(db, scope, id) : []
}

/** Where one of these dues can be paid now. */
async function urlOf(db: Executor, scope: PracticeScope, id: string, dues: readonly Due[]): Promise<string | null> {
  const open = (await findAttempts(db, scope, id)).filter(isLive)
  return open.find(({ dueId }) => dues.some(due => due.id === dueId))?.url ?? null
}

/**
 * Whose a booking is, for the table that decides. Whoever is asked whether it suits them is the other of the two already,
 * before they take part; after a no they stay in nothing of it.
 */
async function belongingOf(
  db: Executor,
  scope: PracticeScope,
  actor: Actor,
  id: string,
  { client, therapistPerson, secondPerson }: Booked
): Promise<Belonging> {
  const belonging = { joint: client === 'couple', therapist: therapistPerson, second: secondPerson }
  const staff = [therapistPerson, secondPerson]
  if (actor.kind !== 'person' && actor.kind !== 'booking') return belonging
  const [own, { booker, parts, members }, dues] = await Promise.all([
    idsOf(db, scope, actor),
    findPeopleOf(db, scope, id),
    findDues(db, scope, id)
  ])
  const takesPart = [booker, ...parts].some(part => !staff.includes(part) && own.includes(part))
  const pays = own.includes(booker) || dues.some(({ payerId }) => own.includes(payerId))
  if (takesPart) return { ...belonging, person: 'partner A', pays }
  const isOther = members.some(member => own.includes(member)) && !isOthersNo(await findAcceptances(db, scope, id))
  const isAsked = (await standingOf(db, scope, actor, { id, bookerId: booker })) === 'asked'
  return isOther || isAsked ? { ...belonging, person: 'partner B', pays } : belonging
}

function isNear({ state }: Booking, appointments: readonly { startsAt: DateTime }[], now: DateTime): boolean {
  const near = now.plus({ hours: nearHours })
  return state === 'confirmed' && appointments.some(({ startsAt }) => startsAt <= near)
}
