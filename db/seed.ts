import { type FoundEdition, insertEdition } from '../src/bookings/edition-store.ts'
import { blocksFrom, layEdition } from '../src/bookings/lay-edition.ts'
import { saveVersion } from '../src/catalog/save-version.ts'
import { addStaff } from '../src/identity/people.ts'
import type { PracticeScope } from '../src/identity/practice.ts'
import { practiceScopes } from '../src/identity/scope.ts'
import type { Transaction } from '../src/kernel/database.ts'
import type { Deps } from '../src/kernel/deps.ts'
import { newId } from '../src/kernel/ids.ts'
import { openingHours } from './schema/availability.ts'
import { offerings, places, resources, sessionTypes } from './schema/catalog.ts'
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
    await addEditions(deps, tx, scope, ids.get(type.slug) ?? '', type, {
      therapist: { slug: 'jessica', name: 'Jessica', personId, zone },
      therapistId: jessica,
      placeId: at.office,
      resources: [jessica, office]
    })
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
  { now, settings }: Deps,
  tx: Transaction,
  scope: PracticeScope,
  sessionTypeId: string,
  type: SeedType,
  { resources, ...on }: Pick<FoundEdition, 'therapist' | 'therapistId' | 'placeId'> & { resources: string[] }
): Promise<void> {
  for (const ahead of [100, 190]) {
    const thursday = now().setZone(zone).plus({ days: ahead }).startOf('week').plus({ weeks: 1, days: 3 })
    const laid = blocksFrom(type, thursday.toISODate() ?? '', zone)
    const id = newId()
    const blocks = layEdition(scope, settings, { id, second: null, ...on }, resources, type, laid, now())
    const { therapistId, placeId } = on
    await insertEdition(
      tx,
      {
        practiceId: scope.practice.id,
        id,
        sessionTypeId,
        version: 1,
        therapistId,
        placeId,
        state: 'open',
        smallest: 3,
        largest: 6,
        decideOn: thursday.minus({ days: 45 }).toISODate() ?? ''
      },
      blocks
    )
  }
}
