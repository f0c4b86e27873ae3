import type { DateTime } from 'luxon'
import { practiceYes } from '../bookings/acceptance.ts'
import { findCancellation } from '../bookings/cancellation-store.ts'
import { referenceOf } from '../bookings/reference.ts'
import { findSkip } from '../bookings/skip-store.ts'
import { sightIn } from '../identity/discretion.ts'
import { issueLink } from '../identity/links.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import { type Sight, seenNow } from '../identity/sight.ts'
import type { CalendarPart } from './calendar-part.ts'
import type { NoticeDeps } from './mailer.ts'
import { type BookingFacts, findDeadline } from './store.ts'
import type { Subject } from './subject.ts'
import type { Facts, Recipient, tellable } from './template.ts'
import { isForStaff, type TemplateName } from './templates.ts'
import { dayAndTime, dayText, momentText, startText, timeText, zoneText } from './wording.ts'

/** How long after the last appointment a mail's link opens it, in days. */
const linkDays = 30

/** How each fact is known that a recipient can be told; undefined where it is not known. */
type Readings<R extends Recipient> = {
  [Fact in (typeof tellable)[R][number]]: () => Facts[Fact] | undefined | Promise<Facts[Fact] | undefined>
}

/** What is known of a mail besides its subject: until when something in it holds, and what it means for a calendar. */
export interface Telling {
  until: DateTime | undefined
  calendar: CalendarPart
  bare: boolean
}

/** What a member of staff can be told: a time, a reference, and where to sign in. */
export function staffReadings(
  deps: NoticeDeps,
  scope: PracticeScope,
  words: TemplateName,
  person: Person,
  subject: Subject,
  { until }: Telling
): Readings<'staff'> {
  return {
    ...timesOf(deps, scope, words, person, subject),
    until: async () => {
      const by = words === 'staff-fee' ? await feeUntil(deps, scope, subject) : until
      return by && momentText(by.setZone(person.zone))
    },
    reference: () => referenceOf(subject.booking.id),
    console: () => `${linkBase(deps.settings, scope.practice)}/console`
  }
}

/** What a client can be told; of what, with whom and where, as much as their own wording tells in a mail. */
export function clientReadings(
  deps: NoticeDeps,
  scope: PracticeScope,
  words: TemplateName,
  person: Person,
  subject: Subject,
  { until, calendar, bare }: Telling
): Readings<'client'> {
  const link = once(() => linkFor(deps, scope, person, subject))
  const seen = sightIn(bare ? 'a mail where others read the mailbox' : 'a mail', person.wording)
  return {
    ...timesOf(deps, scope, words, person, subject),
    within: () => scope.practice.policies.replyWithin,
    until: () => (until && until > deps.now() ? momentText(until.setZone(person.zone)) : undefined),
    link,
    code: () => undefined, // A code is about no booking.
    entry: () => (calendar.changes ? 'Your calendar entry' : undefined),
    stale: () => (calendar.stale ? 'An entry in your calendar' : undefined),
    file: async () => (calendar.byFile ? `${await link()}#calendar` : undefined),
    what: () => plainly(scope, seen, subject.booking)
  }
}

function timesOf(
  { db }: NoticeDeps,
  scope: PracticeScope,
  words: TemplateName,
  { id, zone }: Person,
  { booking, appointment, participant, proposal, others }: Subject
) {
  const asked = words === 'move-asked' || words === 'staff-move-asked' ? proposal?.startsAt : undefined
  const start = (asked ?? appointment.startsAt).setZone(zone)
  // Only the first revision is surely this move: after several soon after one another, the row keeps the earliest start.
  const before = participant?.sequence === 1 ? appointment.movedFrom : null
  return {
    day: () => dayText(start),
    time: () => timeText(start, start.plus(appointment.endsAt.diff(appointment.startsAt))),
    start: () => startText(start),
    zone: () => zoneText(zone),
    others: () =>
      others.length > 0
        ? others.map(({ startsAt, endsAt }) => dayAndTime(startsAt.setZone(zone), endsAt.setZone(zone))).join('; ')
        : undefined,
    old: () => momentText(appointment.startsAt.setZone(zone)),
    instead: () => (before ? `, instead of ${momentText(before.setZone(zone))}` : ''),
    deadline: async () => {
      const own = isForStaff(words) ? practiceYes : words === 'acceptance-asked' ? id : undefined
      const deadline = proposal?.expiresAt ?? (await findDeadline(db, scope, booking.id, own))
      return deadline && momentText(deadline.setZone(zone))
    }
  }
}

/** Until when the practice decides over the fee of what was cancelled late; after its word there is nothing more to decide. */
async function feeUntil(
  { db }: NoticeDeps,
  scope: PracticeScope,
  { booking, appointment }: Subject
): Promise<DateTime | undefined> {
  const skip = appointment.state === 'skipped' ? await findSkip(db, scope, appointment.id) : undefined
  return (skip ?? (await findCancellation(db, scope, booking.id)))?.decideBy ?? undefined
}

async function linkFor(
  { db, settings }: NoticeDeps,
  scope: PracticeScope,
  person: Person,
  { booking, last }: Subject
): Promise<string> {
  const expiresAt = last.endsAt.plus({ days: linkDays })
  const token = await db.transaction(tx =>
    issueLink(tx, scope, { purpose: 'booking_mail', person: person.id, subject: booking.id, expiresAt })
  )
  return `${linkBase(settings, scope.practice)}/b/${token}`
}

/** What the plain wording adds, which a person asks for: what, with whom and where; else nothing. */
function plainly({ practice }: PracticeScope, sight: Sight, booking: BookingFacts): string {
  const { type, therapist, place } = seenNow(sight, {
    type: () => booking.typeName.toLowerCase(),
    therapist: () => booking.therapist,
    place: () => `${practice.name}, ${booking.address ?? booking.place}`
  })
  if (type === undefined || therapist === undefined || place === undefined) return ''
  return `, ${type} with ${therapist} at ${place}`
}

/** The same answer however often it is asked: two places of one mail have one link. */
function once(make: () => Promise<string>): () => Promise<string> {
  let made: Promise<string> | undefined
  return () => (made ??= make())
}
