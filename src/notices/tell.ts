import { randomUUID } from 'node:crypto'
import { readCode } from '../identity/codes.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { type Planned, stillTrue } from './message.ts'
import { insertMessages } from './message-store.ts'
import { findBooking, isTherapist, listAppointments, listParticipants, therapistsOf } from './store.ts'
import { revisionOf } from './subject.ts'
import type { TemplateName } from './templates.ts'

/** Writes a row for each mail, once a cause, however often it is asked. */
export async function tell(
  { db, now, settings }: Deps,
  scope: PracticeScope,
  planned: readonly Planned[]
): Promise<void> {
  const at = now()
  const domain = new URL(linkBase(settings, scope.practice)).hostname
  await insertMessages(
    db,
    planned.map(notice => ({
      ...notice,
      practiceId: scope.practice.id,
      id: newId(),
      state: 'waiting' as const,
      tries: 0,
      messageId: `${randomUUID()}@${domain}`,
      createdAt: at,
      dueAt: notice.dueAt ?? at,
      sentAt: null,
      invitation: null
    }))
  )
}

/** Who is told in which words; the booker as every client where nothing else is said, and some in words of their own. */
export interface Audience {
  booker?: TemplateName
  own?: { people: readonly string[]; template: TemplateName } | undefined
  client: TemplateName
  staff: TemplateName
}

/**
 * One mail to each participant, about the appointment or about all of them, with that participant's own revisions as part
 * of the cause.
 * @param only the one appointment that it is about; else all of the booking, but for what was let fall before and told then
 * @returns who was told
 */
export async function tellParticipants(
  deps: Deps,
  scope: PracticeScope,
  bookingId: string,
  { client, booker = client, own, staff }: Audience,
  only?: string
): Promise<string[]> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (!booking) return []
  const appointments = await listAppointments(deps.db, scope, bookingId)
  const participants = await listParticipants(deps.db, scope, bookingId)
  const now = deps.now()
  const planned = participants.flatMap(participant => {
    const { appointmentId, personId, sequence } = participant
    const appointment = appointments.find(({ id }) => id === appointmentId)
    if (!appointment || (only === undefined ? appointment.offAt : only !== appointmentId)) return []
    const others = personId === booking.bookerId ? booker : client
    const words = own?.people.includes(personId) ? own.template : others
    const template = isTherapist(booking, personId) ? staff : words
    const cause = `${template}:${appointmentId}:${personId}:${sequence}`
    const notice = { personId, template, subjectId: appointmentId, cause }
    const none = { proposal: undefined, missing: [], waiting: [] }
    const subject = { booking, appointment, participant, revision: sequence, ...none }
    return stillTrue(notice, subject, now) ? [{ ...notice, sequence }] : []
  })
  await tell(
    deps,
    scope,
    [...Map.groupBy(planned, byReader).values()].map(those => asOne(those, bookingId))
  )
  return planned.map(({ personId }) => personId)
}

const byReader = ({ personId, template }: Planned) => `${template} ${personId}`

/** What one person is told of several appointments is one mail about the booking. */
function asOne(those: readonly (Planned & { sequence: number })[], bookingId: string): Planned {
  const [first] = those
  if (!first) throw new Error('A group has a member')
  const { sequence: _, ...notice } = first
  if (those.length === 1) return notice
  const { personId, template } = notice
  return {
    personId,
    template,
    subjectId: bookingId,
    cause: `${template}:${bookingId}:${personId}:${revisionOf(those)}`
  }
}

/** One mail to whoever booked. */
export async function tellBooker(
  deps: Deps,
  scope: PracticeScope,
  bookingId: string,
  template: TemplateName,
  cause = `${template}:${bookingId}`
): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  if (booking) await tell(deps, scope, [{ personId: booking.bookerId, template, subjectId: bookingId, cause }])
}

/** The mail with a code, to the person whose address it proves. */
export async function tellCode(
  deps: Deps,
  scope: PracticeScope,
  codeId: string,
  template: 'code' | 'sign-in' = 'code'
): Promise<void> {
  const code = await readCode(deps, deps.db, scope, codeId)
  if (code) await tell(deps, scope, [{ personId: code.person, template, subjectId: codeId, cause: `code:${codeId}` }])
}

/**
 * One mail to the therapist of a booking, or to each of two who sit together.
 * @param more about what of it, where not about all of it; and when it leaves, where not at once
 */
export async function tellTherapist(
  deps: Deps,
  scope: PracticeScope,
  bookingId: string,
  template: TemplateName,
  cause = `${template}:${bookingId}`,
  more: Partial<Pick<Planned, 'subjectId' | 'dueAt'>> = {}
): Promise<void> {
  const booking = await findBooking(deps.db, scope, bookingId)
  const planned = (booking ? therapistsOf(booking) : []).map((personId, index) => ({
    ...{ personId, template, subjectId: bookingId },
    cause: index === 0 ? cause : `${cause}:${personId}`,
    ...more
  }))
  await tell(deps, scope, planned)
}
