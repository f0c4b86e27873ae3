import { DateTime } from 'luxon'
import { lay, occupied } from '../src/catalog/lay.ts'
import { saveVersion } from '../src/catalog/save-version.ts'
import { addStaff } from '../src/identity/people.ts'
import type { PracticeScope } from '../src/identity/practice.ts'
import { practiceScopes } from '../src/identity/scope.ts'
import type { Transaction } from '../src/kernel/database.ts'
import type { Deps } from '../src/kernel/deps.ts'
import { newId } from '../src/kernel/ids.ts'
import { instantOf } from '../src/kernel/time.ts'
import { occupancy, openingHours } from './schema/availability.ts'
import { appointments } from './schema/bookings.ts'
import { editions, offerings, places, resources, sessionTypes } from './schema/catalog.ts'
import { practices } from './schema/identity.ts'
import { demoTypes, type SeedType } from './seed-types.ts'

const zone = 'America/New_York'
const currency = 'USD'

/**
 * The demo practice of an empty sandbox: The Intentional Relationship, with one therapist, a room, video, and every kind
 * of session. Does nothing where there is a practice already.
 * @param password what `jessica@example.com` signs in with
 * @returns whether it was made
 */
export async function seedDemo(deps: Deps, password: string): Promise<boolean> {
  const [existing] = await deps.db.select({ id: practices.id }).from(practices).limit(1)
  if (existing) return false
  const id = newId()
  await deps.db.transaction(async tx => {
    await tx.insert(practices).values({
      id,
      hosts: [],
      linksHost: null,
      name: 'The Intentional Relationship',
      discreetName: 'TIR Office',
      zone,
      currency,
      termsVersion: 1,
      policies: {
        description:
          'A private practice for couples, and for one of the two who would like to begin. Conversations, private days and short programmes in New York and by video.',
        statement: 'TIR OFFICE',
        replyWithin: 'two working days',
        secrets: 'limited',
        conversion: 'therapist_decides',
        emergency:
          'This page is not watched around the clock. In danger: 911. If you think of ending your life: call or text 988. If you are afraid at home: 1-800-799-7233, or text START to 88788. If your device may be checked, use another one.'
      }
    })
    const scope = await practiceScopes({ ...deps, db: tx }).forId(id)
    await fill(deps, tx, scope, password)
  })
  return true
}

async function fill(deps: Deps, tx: Transaction, scope: PracticeScope, password: string): Promise<void> {
  const practiceId = scope.practice.id
  const person = { name: 'Jessica', email: 'jessica@example.com', zone, password }
  const personId = await addStaff(deps, tx, scope, { ...person, roles: ['owner', 'therapist'] })
  const [jessica, office] = [newId(), newId()]
  await tx.insert(resources).values([
    { practiceId, id: jessica, kind: 'therapist', slug: 'jessica', name: 'Jessica', personId, zone },
    { practiceId, id: office, kind: 'room', slug: 'office', name: 'Office', zone }
  ])
  const at = { office: newId(), video: newId() }
  await tx.insert(places).values([
    {
      practiceId,
      id: at.office,
      slug: 'office',
      name: 'At the office',
      roomId: office,
      address: '48 West 20th Street, New York'
    },
    { practiceId, id: at.video, slug: 'video', name: 'By video', link: 'https://video.example.com/tir' }
  ])
  await tx.insert(openingHours).values(
    [
      { days: [1, 2, 3, 4], from: 9 * 60, to: 12 * 60 },
      { days: [1, 2, 3, 4], from: 13 * 60, to: 18 * 60 },
      { days: [5], from: 9 * 60, to: 13 * 60 }
    ].map(hours => ({ practiceId, id: newId(), resourceId: jessica, ...hours }))
  )
  const ids = await addTypes(deps, tx, scope, jessica, at)
  for (const type of demoTypes.filter(({ plan }) => plan.anchor === 'edition'))
    await addEditions(deps, tx, practiceId, ids.get(type.slug) ?? '', type, [jessica, office], at.office)
}

/** The seven kinds with their defaults, or others, offered by one therapist. @returns their ids by slug */
export async function addTypes(
  { now }: Pick<Deps, 'now'>,
  tx: Transaction,
  scope: PracticeScope,
  therapist: string,
  at: Readonly<Record<'office' | 'video', string>>,
  types: readonly SeedType[] = demoTypes
): Promise<Map<string, string>> {
  const { id: practiceId, currency } = scope.practice
  const ids = new Map<string, string>()
  for (const [position, { slug, kind, public: open, places, ...type }] of types.entries()) {
    const id = newId()
    ids.set(slug, id)
    await tx.insert(sessionTypes).values({ practiceId, id, slug, kind, public: open, position, version: 1 })
    await saveVersion(tx, scope, { sessionTypeId: id, version: 1, ...type, currency, createdAt: now() })
    await tx
      .insert(offerings)
      .values(places.map(place => ({ practiceId, sessionTypeId: id, resourceId: therapist, placeId: at[place] })))
  }
  return ids
}

/** Two editions ahead, each from a Thursday on: beyond the horizon of single sessions, so that a new demo is all free. */
async function addEditions(
  { now }: Deps,
  tx: Transaction,
  practiceId: string,
  sessionTypeId: string,
  { plan, rules }: SeedType,
  taken: string[],
  placeId: string
): Promise<void> {
  for (const ahead of [100, 190]) {
    const thursday = now().setZone(zone).plus({ days: ahead }).startOf('week').plus({ weeks: 1, days: 3 })
    const first = DateTime.fromObject({ ...thursday.toObject(), hour: 9 }, { zone })
    const intervals = lay(plan, first.toMillis(), zone)
    if (!intervals) throw new Error('A block of the retreat does not exist on that day')
    const id = newId()
    const decideOn = first.minus({ days: 45 }).toISODate() ?? ''
    const edition = { practiceId, id, sessionTypeId, version: 1, state: 'open' as const, decideOn, placeId }
    await tx.insert(editions).values({ ...edition, smallest: 3, largest: 6 })
    for (const [ordinal, during] of occupied(plan, intervals, rules, zone).entries()) {
      const interval = intervals[ordinal]
      if (!interval) throw new Error('A block of the retreat has no time')
      const appointmentId = newId()
      await tx.insert(appointments).values({
        practiceId,
        id: appointmentId,
        editionId: id,
        ordinal,
        who: interval.who,
        startsAt: instantOf(interval.start),
        endsAt: instantOf(interval.end),
        zone,
        placeId,
        state: 'planned'
      })
      const stretch = { start: instantOf(during.start), end: instantOf(during.end) }
      await tx
        .insert(occupancy)
        .values(taken.map(resourceId => ({ practiceId, appointmentId, resourceId, during: stretch })))
    }
  }
}
