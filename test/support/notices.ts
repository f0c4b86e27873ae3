import { and, asc, eq, ne } from 'drizzle-orm'
import { DateTime } from 'luxon'
import { pino } from 'pino'
import type { Test } from 'tap'
import {
  acceptances,
  appointments,
  type BookingState,
  bookings,
  clients,
  events,
  messages,
  participants,
  people,
  places,
  resources,
  sessionTypes,
  sessionTypeVersions
} from '../../db/schema/index.ts'
import { addPerson } from '../../src/identity/people.ts'
import { newId } from '../../src/kernel/ids.ts'
import { noticeReactions } from '../../src/notices/jobs.ts'
import { type NoticeDeps, smtpMailer } from '../../src/notices/mailer.ts'
import { open } from './open.ts'
import { post } from './smtp.ts'

/** Words that no mail may hold: what, with whom and where, as the rows of the fixture name them. */
export const telling = /jessica|harbour|couples|therapy|retreat|session|intentional|jo delgado|newark/i

export const start = DateTime.fromISO('2027-03-02T15:00:00Z', { zone: 'utc' })

/** What a booking of the fixture is like; the rest is always the same. */
export interface Wanted {
  state?: BookingState
  holdUntil?: DateTime
  askedUntil?: DateTime
  calendarChoice?: 'invitation' | 'file' | 'nothing'
  wording?: 'discreet' | 'plain'
  zone?: string
  email?: string
}

/**
 * The demo practice with a mail server of its own, and in it a therapist, a place and a type whose words would tell
 * everything. Bookings are rows, so that each state can be had at once.
 */
export async function openNotices(t: Test) {
  const opened = await open(t, { start: '2027-02-01T14:00:00Z' })
  const server = await post(t)
  const mailer = smtpMailer(server.url, 'office@post.example')
  t.teardown(() => mailer.close())
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: line => logged.push(line) })
  const { scope, clock, app, request } = opened
  const deps: NoticeDeps = { ...opened.deps, mailer, log }
  const { db } = deps
  const practiceId = scope.practice.id
  const [therapistId, placeId, typeId] = [newId(), newId(), newId()]
  const therapist = await person('jessica@staff.example', 'Jessica', 'America/New_York')
  await db.insert(resources).values({
    practiceId,
    id: therapistId,
    kind: 'therapist',
    slug: 'jessica-n',
    name: 'Jessica',
    personId: therapist,
    zone: 'America/New_York'
  })
  await db
    .insert(places)
    .values({ practiceId, id: placeId, slug: 'harbour-n', name: 'Harbour room', address: '12 Harbour Street, Newark' })
  await db.transaction(async tx => {
    await tx
      .insert(sessionTypes)
      .values({ practiceId, id: typeId, slug: 'couples-n', kind: 'couples', public: true, position: 99, version: 1 })
    await tx.insert(sessionTypeVersions).values({
      practiceId,
      sessionTypeId: typeId,
      version: 1,
      name: 'Couples session',
      description: 'Therapy for two',
      plan: { anchor: 'start', dayExclusive: false, segments: [{ minutes: 80, who: 'both', day: 0 }] },
      price: 40_000,
      currency: 'USD',
      policy: {
        bands: [
          { notice: { hours: 48 }, keep: { fixed: 0 } },
          { notice: { hours: 0 }, keep: { percentOfPrice: 100 } }
        ]
      },
      rules: {
        before: 10,
        after: 15,
        grid: 30,
        notice: 2880,
        horizon: 60,
        approval: false,
        pay: { mode: 'full' },
        reminders: [72, 24]
      },
      createdAt: deps.now()
    })
  })
  return { app, request, deps, scope, server, clock, logged, booked, react, rows }

  async function person(email: string, name: string, zone: string, choices: Partial<typeof people.$inferInsert> = {}) {
    const id = await db.transaction(tx => addPerson(deps, tx, scope, { name, email, zone }))
    if (Object.keys(choices).length > 0)
      await db
        .update(people)
        .set(choices)
        .where(and(eq(people.practiceId, practiceId), eq(people.id, id)))
    return id
  }

  /** A booking with one appointment, its booker and the therapist. */
  async function booked(wanted: Wanted = {}) {
    const {
      state = 'confirmed',
      holdUntil,
      askedUntil,
      zone = 'America/New_York',
      email = 'jo@home.example',
      calendarChoice = 'invitation',
      wording = 'discreet'
    } = wanted
    const booker = await person(email, 'Jo Delgado', zone, { calendarChoice, wording })
    const [booking, appointment, clientId] = [newId(), newId(), newId()]
    const at = deps.now()
    await db.insert(clients).values({ practiceId, id: clientId, kind: 'couple', confirmation: 'usual', createdAt: at })
    await db.insert(bookings).values({
      practiceId,
      id: booking,
      clientId,
      bookerId: booker,
      sessionTypeId: typeId,
      version: 1,
      therapistId,
      placeId,
      state,
      createdAt: at,
      confirmedAt: state === 'confirmed' ? at : null,
      endedAt: ['declined', 'expired', 'cancelled'].includes(state) ? at : null,
      holdUntil: holdUntil ?? (state === 'held' ? at.plus({ minutes: 35 }) : null),
      price: 40_000,
      currency: 'USD',
      termsVersion: 1,
      consentedAt: at,
      rowVersion: 1
    })
    if (askedUntil)
      await db.insert(acceptances).values({ practiceId, bookingId: booking, by: 'practice', deadline: askedUntil })
    await db.insert(appointments).values({
      practiceId,
      id: appointment,
      bookingId: booking,
      ordinal: 0,
      who: 'both',
      startsAt: start,
      endsAt: start.plus({ minutes: 80 }),
      zone: 'America/New_York',
      placeId,
      state: 'planned'
    })
    const uids = { client: `${newId()}@k3v9.invalid`, staff: `${newId()}@k3v9.invalid` }
    const common = {
      practiceId,
      appointmentId: appointment,
      sequence: 0,
      revisedAt: at,
      response: 'needs_action' as const
    }
    await db.insert(participants).values([
      { ...common, personId: booker, uid: uids.client },
      { ...common, personId: therapist, uid: uids.staff }
    ])
    return { booking, appointment, booker, uids }
  }

  /** Something happened: the event's row and the reaction to it, as its job would run it. */
  async function react(kind: string, subjects: Record<string, string>, actor = 'anonymous') {
    const event = newId()
    await db.insert(events).values({ practiceId, id: event, at: deps.now(), actor, kind, subjects })
    await noticeReactions[kind]?.(deps, { ...subjects, practice: practiceId, kind, event })
  }

  /** What was to be sent at once; reminders wait for their own time. */
  function rows() {
    return db
      .select()
      .from(messages)
      .where(and(eq(messages.practiceId, practiceId), ne(messages.template, 'reminder')))
      .orderBy(asc(messages.createdAt), asc(messages.id))
  }
}
