import { and, asc, desc, eq, gte, type Placeholder } from 'drizzle-orm'
import { offerings, places, resources, sessionTypes, sessionTypeVersions } from '../../db/schema/catalog.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'
import { statement } from '../kernel/statement.ts'
import type { SessionType } from './session-type.ts'

/** A therapist or room as the calendar knows it. */
export interface Resource {
  id: string
  slug: string
  name: string
  zone: string
  personId: string | null
}

export interface Place {
  id: string
  slug: string
  name: string
  roomId: string | null
  address: string | null
  link: string | null
}

/** One way to have a session type: with this therapist, at this place. The first is offered first. */
export interface Offering {
  therapist: Resource
  place: Place
}

/** The session types in their newest version, in the practice's order. */
export async function listSessionTypes(db: Executor, scope: PracticeScope): Promise<SessionType[]> {
  return (await newest(db, scope.practice.id)).map(toSessionType)
}

export async function findSessionType(
  db: Executor,
  scope: PracticeScope,
  slug: string
): Promise<SessionType | undefined> {
  const [row] = await selectNewest(db, { practice: scope.practice.id, slug })
  return row && toSessionType(row)
}

const selectNewest = statement(['practice', 'slug'], (db, { practice, slug }) =>
  newest(db, practice, eq(sessionTypes.slug, slug)).prepare('find_session_type')
)

/** The session type as it was when somebody booked it. */
export async function findVersion(
  db: Executor,
  { practice }: PracticeScope,
  id: string,
  version: number
): Promise<SessionType | undefined> {
  const [row] = await selectVersions(db).where(
    and(eq(sessionTypes.practiceId, practice.id), eq(sessionTypes.id, id), eq(sessionTypeVersions.version, version))
  )
  return row && toSessionType(row)
}

/** A version of a session type before it is saved. */
export type NewVersion = Omit<typeof sessionTypeVersions.$inferInsert, 'practiceId'>

export async function insertVersion(tx: Transaction, { practice }: PracticeScope, version: NewVersion): Promise<void> {
  await tx.insert(sessionTypeVersions).values({ practiceId: practice.id, ...version })
}

/** The highest of a type's versions from this one on, if there are any. */
export async function lastOwnVersion(
  tx: Transaction,
  { practice }: PracticeScope,
  sessionTypeId: string,
  from: number
): Promise<number | undefined> {
  const [row] = await tx
    .select({ version: sessionTypeVersions.version })
    .from(sessionTypeVersions)
    .where(
      and(
        eq(sessionTypeVersions.practiceId, practice.id),
        eq(sessionTypeVersions.sessionTypeId, sessionTypeId),
        gte(sessionTypeVersions.version, from)
      )
    )
    .orderBy(desc(sessionTypeVersions.version))
    .limit(1)
  return row?.version
}

/** With whom and where a session type can be had, in the order in which it is offered. */
export async function listOfferings(
  db: Executor,
  { practice }: PracticeScope,
  sessionTypeId: string
): Promise<Offering[]> {
  const rows = await db
    .select({ therapist: resources, place: places })
    .from(offerings)
    .innerJoin(resources, and(eq(resources.practiceId, offerings.practiceId), eq(resources.id, offerings.resourceId)))
    .innerJoin(places, and(eq(places.practiceId, offerings.practiceId), eq(places.id, offerings.placeId)))
    .where(and(eq(offerings.practiceId, practice.id), eq(offerings.sessionTypeId, sessionTypeId)))
    .orderBy(asc(resources.slug), asc(places.slug))
  return rows
}

export async function listTherapists(db: Executor, { practice }: PracticeScope): Promise<Resource[]> {
  return db
    .select()
    .from(resources)
    .where(and(eq(resources.practiceId, practice.id), eq(resources.kind, 'therapist')))
    .orderBy(asc(resources.slug))
}

export async function findTherapist(
  db: Executor,
  { practice }: PracticeScope,
  slug: string
): Promise<Resource | undefined> {
  const [row] = await db
    .select()
    .from(resources)
    .where(and(eq(resources.practiceId, practice.id), eq(resources.kind, 'therapist'), eq(resources.slug, slug)))
  return row
}

export async function listPlaces(db: Executor, { practice }: PracticeScope): Promise<Place[]> {
  return db.select().from(places).where(eq(places.practiceId, practice.id)).orderBy(asc(places.slug))
}

function selectVersions(db: Executor) {
  return db
    .select({ type: sessionTypes, version: sessionTypeVersions })
    .from(sessionTypes)
    .innerJoin(
      sessionTypeVersions,
      and(
        eq(sessionTypeVersions.practiceId, sessionTypes.practiceId),
        eq(sessionTypeVersions.sessionTypeId, sessionTypes.id)
      )
    )
    .$dynamic()
}

function newest(db: Executor, practice: string | Placeholder, only?: ReturnType<typeof eq>) {
  return selectVersions(db)
    .where(and(eq(sessionTypes.practiceId, practice), eq(sessionTypeVersions.version, sessionTypes.version), only))
    .orderBy(asc(sessionTypes.position))
}

type Row = Awaited<ReturnType<typeof newest>>[number]

function toSessionType({ type, version }: Row): SessionType {
  const { id, slug, kind, public: isPublic } = type
  const { name, description, plan, price, currency, policy, rules } = version
  return {
    id,
    slug,
    kind,
    public: isPublic,
    version: version.version,
    name,
    description,
    plan,
    price: { amount: price, currency },
    policy,
    rules
  }
}
