import type { FastifyRequest } from 'fastify'
import { DateTime } from 'luxon'
import { isOthersNo } from '../../bookings/acceptance.ts'
import { readLink } from '../../bookings/acceptance-link.ts'
import { findAcceptances } from '../../bookings/acceptance-store.ts'
import { listCallable } from '../../bookings/callable.ts'
import { listConflicts } from '../../bookings/conflict-store.ts'
import { isEndable } from '../../bookings/is-endable.ts'
import { isMakeable } from '../../bookings/lay-made-up.ts'
import { readBack } from '../../bookings/read-back.ts'
import { readBooking } from '../../bookings/read-booking.ts'
import { readChanges } from '../../bookings/read-changes.ts'
import { readOwnCall } from '../../bookings/read-own-call.ts'
import { sightOfBooking } from '../../bookings/see-booking.ts'
import { listSkips } from '../../bookings/skip-store.ts'
import { standingOf } from '../../bookings/standing.ts'
import { findBooking } from '../../bookings/store.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { addToCalendarLinks } from '../../calendars/add-links.ts'
import { isAfterCalls, isForTwo } from '../../catalog/session-type.ts'
import { findVersion, listPlaces } from '../../catalog/store.ts'
import { type Actor, may } from '../../identity/actor.ts'
import { readPerson } from '../../identity/people.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { hasSecondStep } from '../../identity/read-second-steps.ts'
import { shows } from '../../identity/sight.ts'
import type { Deps } from '../../kernel/deps.ts'
import { datedPolicyText } from '../components/policy-words.ts'
import { priceText } from '../components/words.ts'
import { findCallType } from '../partner/call-type.ts'
import { ownEntry } from './own-entry.ts'
import { cancelledIn, openStepsIn, othersText } from './parts-of-booking.ts'
import { paymentsIn } from './payment-of.ts'
import type { Shown } from './shown.ts'
import { tiedOf } from './tied.ts'

/** A booking as its page shows it to this reader. @throws no-such-booking */
export async function showBooking(deps: Deps, { scope, actor }: FastifyRequest, id: string): Promise<Shown> {
  const view = await readBooking(deps, scope, actor, id)
  const { practice } = scope
  const isClient = actor.kind === 'booking' || actor.kind === 'person'
  const person = isClient ? await readPerson(deps, deps.db, scope, actor.person) : undefined
  const zone = person?.zone ?? practice.zone
  const found = await findBooking(deps.db, scope, id)
  // As it was booked: what was put together for one, or has been changed since, has other rules.
  const booked = found && (await findVersion(deps.db, scope, found.sessionTypeId, found.version))
  const type = view.sessionType ? booked : undefined
  const timeOnly = actor.kind === 'booking' && actor.purpose === 'booking_mail'
  const tied = await tiedOf(deps, scope, id)
  const callable = await listCallable(deps.db, scope, id)
  const inOrder = timesOf(view.appointments)
  const times = tied ? [...inOrder].sort((one, other) => one.start.toMillis() - other.start.toMillis()) : inOrder
  const slug = times[0]?.place
  const place = slug ? (await listPlaces(deps.db, scope)).find(place => place.slug === slug) : undefined
  const standing = found && (await standingOf(deps.db, scope, actor, found))
  const seesChanges = shows(await sightOfBooking(deps, scope, actor, id), 'changes')
  const booking = seesChanges ? found : undefined
  const changes = booking && (await readChanges(deps, scope, actor, booking))
  const [first] = times
  const asked = await findAcceptances(deps.db, scope, id)
  const skips = booking ? await listSkips(deps.db, scope, [booking.id]) : []
  const conflicts = booking ? await listConflicts(deps.db, scope, deps.now(), { booking: booking.id }) : []
  const series = (!!type?.plan.apart || tied !== undefined) && view.appointments.length > 1
  const ahead = times.find(({ state, start }) => state === 'planned' && start > deps.now())
  const waits = view.appointments.some(one => 'open' in one)
  const changeable = !!booking && view.state === 'confirmed' && (waits || (!!ahead && (series || ahead === first)))
  const backText = async (moved?: { appointment: string; start: DateTime }) => {
    if (!booking || !view.price) return undefined
    const { ahead, paid } = await readBack(deps.db, scope, booking, deps.now(), moved)
    return datedPolicyText(ahead, paid, zone)
  }
  const call = booking && (await readOwnCall(deps, scope, actor, booking))
  const { title: entryTitle } = await ownEntry(deps, scope, actor, id)
  return {
    id,
    timeOnly,
    // The other of two sees what they take no part in, and changes nothing of it.
    standing: standing ?? (actor.kind === 'person' ? 'member' : 'booker'),
    // Whose no it was is told to nobody but in the practice's own words for its own.
    state: view.state === 'declined' && isOthersNo(asked) ? 'expired' : view.state,
    partnerLink:
      booking && standing === 'booker' && view.state === 'requested'
        ? await readLink(deps, deps.db, scope, booking)
        : undefined,
    heldUntil: view.holdUntil ?? undefined,
    awaitsCode: view.awaitsCode === true,
    // Where the practice speaks with each first, its deadline moves with the call of the other: also who reads the time
    // alone, and not of what, reads none.
    answerBy: booked && isAfterCalls(booked) ? undefined : DateTime.max(...asked.map(({ deadline }) => deadline)),
    series,
    paused: !!booking?.pausedFrom && view.state === 'confirmed' && standing !== 'asked' && standing !== undefined,
    skippable: !!type?.plan.repeat,
    stepwise: callable.size > 0,
    openSteps: openStepsIn(view, deps.now()),
    besides: view.appointments.some(({ who }) => who === 'other') ? [othersText] : [],
    appointments: times.map(({ id, start, end, state, who }) => ({
      id,
      start,
      end,
      ahead: state === 'planned' && start > deps.now(),
      off: state === 'skipped' || state === 'cancelled',
      makeable: skips.some(skip => skip.appointmentId === id && isMakeable(skip, type, deps.now())),
      own: who === 'first' || who === 'second',
      tied: tied?.has(id) === true,
      callable: callable.has(id),
      conflict: conflicts.some(({ appointment }) => appointment === id),
      add: addToCalendarLinks({ title: entryTitle, start, end })
    })),
    entryTitle,
    zone,
    practiceZone: practice.zone,
    slug: type?.slug,
    name: type?.name,
    place: place && [place.name, place.address].filter(Boolean).join(', '),
    link: times.find(({ link }) => link)?.link,
    ...paymentsIn(view, zone),
    price: view.price && priceText(view.price),
    suggestion: changes?.proposal && {
      appointment: changes.proposal.appointmentId,
      starts: changes.proposal.starts,
      by: changes.proposal.by,
      own: changes.proposal.own,
      asked: changes.proposal.asked,
      expiresAt: changes.proposal.expiresAt,
      policy:
        changes.proposal.starts.length > 1
          ? undefined
          : await backText({ appointment: changes.proposal.appointmentId, start: changes.proposal.startsAt })
    },
    cancelled: cancelledIn(view, changes),
    movable: !found?.editionId,
    endable: changeable && (await isEndable(deps, scope, actor, booking)),
    changeable: changeable && standing !== 'asked' && (standing !== undefined || actor.kind !== 'person'),
    call: call && { ...call, slug: (await findCallType(deps, scope))?.slug },
    offersStep: !!type && !isForTwo(type) && view.state === 'confirmed' && (await offersStep(deps, scope, actor)),
    mayShare: may(actor, 'invite a partner') && view.state === 'confirmed',
    // Where nothing has a time, the exact sum stands before the click alone.
    policy: changeable && ahead ? await backText() : undefined
  }
}

/** Whoever came by the mailed link has proven nothing yet. */
async function offersStep({ db }: Deps, scope: PracticeScope, actor: Actor): Promise<boolean> {
  const isOwn = actor.kind === 'person' || (actor.kind === 'booking' && actor.purpose === 'booking_answer')
  return isOwn && !(await hasSecondStep(db, scope, actor.person))
}
