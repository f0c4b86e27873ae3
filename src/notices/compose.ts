import { discreetTitle, invitation } from '../calendars/invitation.ts'
import { readCode } from '../identity/codes.ts'
import { issueLink } from '../identity/links.ts'
import { type Person, readPerson } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { Mail, NoticeDeps } from './mailer.ts'
import { referenceOf, stillTrue } from './message.ts'
import { type Office, render } from './render.ts'
import type { AppointmentFacts, BookingFacts, MessageRow, ParticipantFacts } from './store.ts'
import { findBooking, findDeadline, listAppointments, listParticipants } from './store.ts'
import { type Facts, isTemplate, type TemplateName, templates } from './templates.ts'
import { dayText, freeUntil, momentText, timeText, zoneText } from './wording.ts'

/** How long after the last appointment a mail's link opens it, in days. */
const linkDays = 30

/** Writes a message's mail out of what is true now, or nothing where it is true no longer. */
export async function compose(deps: NoticeDeps, scope: PracticeScope, message: MessageRow): Promise<Mail | undefined> {
  const { db, now, settings } = deps
  const { template, subjectId, messageId } = message
  if (!isTemplate(template)) throw new TypeError(`There is no template ${template}`)
  const person = await readPerson(deps, db, scope, message.personId)
  const base = linkBase(settings, scope.practice)
  const office: Office = { office: scope.practice.discreetName, about: `${base}/how-we-write` }
  const envelope = { to: person.email, office: office.office, messageId, date: now() }
  if (template === 'code') {
    const code = await readCode(deps, db, scope, subjectId)
    return code && { ...envelope, ...render(templates.code, { code: code.code }, office) }
  }
  const subject = await findSubject(deps, scope, message)
  if (!subject || !stillTrue(template, subject.booking, subject.appointment, subject.participant)) return undefined
  const facts = await factsOf(deps, scope, template, person, subject)
  return {
    ...envelope,
    ...render(templates[template], facts, office),
    ...calendarPart(deps, scope, template, person, subject)
  }
}

/** What a mail is about: a booking, and of its appointments the one meant, or the first. */
interface Subject {
  booking: BookingFacts
  appointment: AppointmentFacts
  participant: ParticipantFacts | undefined
  last: AppointmentFacts
}

async function findSubject(
  { db }: NoticeDeps,
  scope: PracticeScope,
  message: MessageRow
): Promise<Subject | undefined> {
  const booking = await findBooking(db, scope, message.subjectId)
  const appointments = booking ? await listAppointments(db, scope, booking.id) : []
  const appointment = appointments.find(({ id }) => id === message.subjectId) ?? appointments[0]
  const last = appointments.at(-1)
  if (!booking || !appointment || !last) return undefined
  const participants = await listParticipants(db, scope, booking.id)
  const participant = participants.find(
    one => one.appointmentId === appointment.id && one.personId === message.personId
  )
  return { booking, appointment, participant, last }
}

async function factsOf(
  { db, now, settings }: NoticeDeps,
  scope: PracticeScope,
  template: TemplateName,
  person: Person,
  { booking, appointment, last }: Subject
): Promise<Partial<Facts>> {
  const { practice } = scope
  const [start, end] = [appointment.startsAt.setZone(person.zone), appointment.endsAt.setZone(person.zone)]
  const free = template === 'confirmed' ? freeUntil(booking.policy, start, practice.zone) : booking.holdUntil
  const deadline = await findDeadline(db, scope, booking.id)
  const common = {
    day: dayText(start),
    time: timeText(start, end),
    zone: zoneText(person.zone),
    ...(deadline && { deadline: momentText(deadline.setZone(person.zone)) })
  }
  const base = linkBase(settings, practice)
  if (template.startsWith('staff-'))
    return { ...common, reference: referenceOf(booking.id), console: `${base}/console` }
  const token = await db.transaction(tx =>
    issueLink(tx, scope, {
      purpose: 'booking_mail',
      person: person.id,
      subject: booking.id,
      expiresAt: last.endsAt.plus({ days: linkDays })
    })
  )
  return {
    ...common,
    link: `${base}/b/${token}`,
    what: person.wording === 'plain' ? plainly(scope, booking) : '',
    ...(free && free > now() && { until: momentText(free.setZone(person.zone)) })
  }
}

/** The addition of the plain wording, which a person asks for: what, with whom and where. */
function plainly({ practice }: PracticeScope, { typeName, therapist, address }: BookingFacts): string {
  return `, ${typeName.toLowerCase()} with ${therapist} at ${[practice.name, address].filter(Boolean).join(', ')}`
}

const methods: Partial<Record<TemplateName, 'REQUEST' | 'CANCEL'>> = {
  confirmed: 'REQUEST',
  'staff-confirmed': 'REQUEST',
  cancelled: 'CANCEL',
  'staff-cancelled': 'CANCEL'
}

/** The participant's own invitation, where the person wants it by mail. It holds no link: calendars are shared. */
function calendarPart(
  { mailer }: NoticeDeps,
  { practice }: PracticeScope,
  template: TemplateName,
  person: Person,
  { booking, appointment, participant }: Subject
): Pick<Mail, 'invitation'> {
  const method = methods[template]
  if (!method || !participant || person.calendarChoice !== 'invitation') return {}
  const staff = person.id === booking.therapistPersonId
  const plain = person.wording === 'plain' && !staff
  const calendar = invitation({
    method,
    uid: participant.uid,
    sequence: participant.sequence,
    revisedAt: participant.revisedAt,
    createdAt: booking.createdAt,
    start: appointment.startsAt,
    end: appointment.endsAt,
    zone: person.zone,
    title: staff ? `${discreetTitle} ${referenceOf(booking.id)}` : plain ? booking.typeName : discreetTitle,
    organizer: { name: practice.discreetName, email: mailer.address },
    attendee: { email: person.email },
    ...(plain && { location: booking.address ?? booking.place })
  })
  return { invitation: { method, calendar } }
}
