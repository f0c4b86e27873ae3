import type { DateTime } from 'luxon'
import { practiceYes } from '../bookings/acceptance.ts'
import { freeAhead } from '../bookings/ahead.ts'
import { countingStart } from '../bookings/cancellation.ts'
import { findCancellation } from '../bookings/change-store.ts'
import { referenceOf } from '../bookings/reference.ts'
import { issueLink } from '../identity/links.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { NoticeDeps } from './mailer.ts'
import { plainReminder, wordsNow } from './reminder.ts'
import { type BookingFacts, findDeadline } from './store.ts'
import type { Subject } from './subject.ts'
import type { Facts } from './template.ts'
import { isForStaff, type TemplateName } from './templates.ts'
import { dayText, momentText, startText, timeText, zoneText } from './wording.ts'

/** How long after the last appointment a mail's link opens it, in days. */
const linkDays = 30

/** The words that a message takes now, and until when something in them holds. */
export function wordsOf(
  template: TemplateName,
  person: Person,
  { booking: { policy, holdUntil, bookerId, therapistPersonId }, appointment }: Subject,
  practiceZone: string,
  now: DateTime
): { words: TemplateName; until: DateTime | undefined } {
  const { startsAt } = appointment
  // What is free of charge until when concerns who pays, and nobody else.
  if (person.id !== bookerId && person.id !== therapistPersonId)
    return { words: template === 'reminder' ? plainReminder(startsAt, now, person.zone) : template, until: undefined }
  const countedFrom = countingStart([appointment], now) ?? startsAt
  if (template === 'reminder') return wordsNow({ policy, startsAt, countedFrom, now, practiceZone, zone: person.zone })
  if (template !== 'confirmed' && template !== 'moved') return { words: template, until: holdUntil ?? undefined }
  const until = freeAhead(policy, [appointment], now, practiceZone)
  return { words: template === 'moved' && !until ? 'moved-late' : template, until }
}

/** What a mail's placeholders stand for, by the recipient's own clock. A bare one is told nothing that opens anything. */
export async function factsOf(
  deps: NoticeDeps,
  scope: PracticeScope,
  words: TemplateName,
  person: Person,
  subject: Subject,
  { until, invited, bare }: { until: DateTime | undefined; invited: boolean; bare: boolean }
): Promise<Partial<Facts>> {
  const { practice } = scope
  const { booking } = subject
  const base = linkBase(deps.settings, practice)
  const times = await timesOf(deps, scope, words, person, subject)
  if (isForStaff(words)) {
    const fee = words === 'staff-fee' ? (await findCancellation(deps.db, scope, booking.id))?.decideBy : undefined
    const by = fee && { until: momentText(fee.setZone(person.zone)) }
    return { ...times, ...by, reference: referenceOf(booking.id), console: `${base}/console` }
  }
  return {
    ...times,
    ...(until && until > deps.now() && { until: momentText(until.setZone(person.zone)) }),
    ...(invited && { entry: 'Your calendar entry' }),
    ...(!bare && { link: await linkFor(deps, scope, person, subject) }),
    what: person.wording === 'plain' && !bare ? plainly(scope, booking) : '',
    within: practice.policies.replyWithin
  }
}

async function timesOf(
  { db }: NoticeDeps,
  scope: PracticeScope,
  words: TemplateName,
  { id, zone }: Person,
  { booking, appointment, participant, proposal }: Subject
): Promise<Partial<Facts>> {
  const asked = words === 'move-asked' || words === 'staff-move-asked' ? proposal?.startsAt : undefined
  const start = (asked ?? appointment.startsAt).setZone(zone)
  const own = isForStaff(words) ? practiceYes : words === 'acceptance-asked' ? id : undefined
  const deadline = proposal?.expiresAt ?? (await findDeadline(db, scope, booking.id, own))
  // Only the first revision is surely this move: after several soon after one another, the row keeps the earliest start.
  const before = participant?.sequence === 1 ? appointment.movedFrom : null
  return {
    day: dayText(start),
    time: timeText(start, start.plus(appointment.endsAt.diff(appointment.startsAt))),
    start: startText(start),
    zone: zoneText(zone),
    old: momentText(appointment.startsAt.setZone(zone)),
    instead: before ? `, instead of ${momentText(before.setZone(zone))}` : '',
    ...(deadline && { deadline: momentText(deadline.setZone(zone)) })
  }
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

/** The addition of the plain wording, which a person asks for: what, with whom and where. */
function plainly({ practice }: PracticeScope, { typeName, therapist, address }: BookingFacts): string {
  return `, ${typeName.toLowerCase()} with ${therapist} at ${[practice.name, address].filter(Boolean).join(', ')}`
}
