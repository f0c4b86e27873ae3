import { and, asc, eq, inArray, isNull, lt, or, sql } from 'drizzle-orm'
import type { DateTime } from 'luxon'
import { clients, memberships } from '../../db/schema/clients.ts'
import type { Stretch } from '../../db/schema/columns.ts'
import { people } from '../../db/schema/identity.ts'
import { memberTimes, suitsBothWishes } from '../../db/schema/member-times.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor, Transaction } from '../kernel/database.ts'

/** All of a person's possible times anew; the same one twice is one. */
export async function replaceTimes(
  tx: Transaction,
  { practice }: PracticeScope,
  personId: string,
  windows: readonly Stretch[],
  givenAt: DateTime
): Promise<void> {
  await tx.delete(memberTimes).where(and(eq(memberTimes.practiceId, practice.id), eq(memberTimes.personId, personId)))
  if (windows.length > 0)
    await tx
      .insert(memberTimes)
      .values(windows.map(during => ({ practiceId: practice.id, personId, during, givenAt })))
      .onConflictDoNothing()
}

/** What of them has not ended, soonest first. */
export async function listTimes(
  db: Executor,
  { practice }: PracticeScope,
  personId: string,
  now: DateTime
): Promise<Stretch[]> {
  const rows = await db
    .select({ during: memberTimes.during })
    .from(memberTimes)
    .where(
      and(
        eq(memberTimes.practiceId, practice.id),
        eq(memberTimes.personId, personId),
        sql`upper(${memberTimes.during}) > ${now.toISO()}`
      )
    )
    .orderBy(asc(memberTimes.during))
  return rows.map(({ during }) => during)
}

/** Of all practices, what is over, and what was given before then. */
export async function deleteTimes(db: Executor, now: DateTime, givenBefore: DateTime): Promise<void> {
  await db
    .delete(memberTimes)
    .where(or(lt(memberTimes.givenAt, givenBefore), sql`upper(${memberTimes.during}) <= ${now.toISO()}`))
}

/** Who belongs to a client now, as they sign in: to whose history an earlier one was joined, they are that person. */
export async function listSigningIn(db: Executor, { practice }: PracticeScope, clientId: string): Promise<string[]> {
  const person = sql<string>`coalesce(${people.joinedTo}, ${people.id})`
  const rows = await db
    .selectDistinct({ person, number: memberships.number })
    .from(memberships)
    .innerJoin(people, and(eq(people.practiceId, memberships.practiceId), eq(people.id, memberships.personId)))
    .where(and(eq(memberships.practiceId, practice.id), eq(memberships.clientId, clientId), isNull(memberships.leftAt)))
    .orderBy(asc(memberships.number))
  return rows.map(({ person }) => person)
}

/** The couple to which one of these persons belongs now with another. */
export async function findCouple(
  db: Executor,
  scope: PracticeScope,
  own: readonly string[]
): Promise<{ client: string; members: string[] } | undefined> {
  const rows = await db
    .select({ client: clients.id })
    .from(memberships)
    .innerJoin(clients, and(eq(clients.practiceId, memberships.practiceId), eq(clients.id, memberships.clientId)))
    .where(
      and(
        eq(memberships.practiceId, scope.practice.id),
        inArray(memberships.personId, [...own]),
        eq(memberships.kind, 'couple'),
        isNull(memberships.leftAt),
        isNull(clients.closedAt)
      )
    )
    .orderBy(asc(clients.id))
  for (const { client } of rows.reverse()) {
    const members = await listSigningIn(db, scope, client)
    if (members.length === 2) return { client, members }
  }
  return undefined
}

/** Who of a couple wants to see what suits both. */
export async function listWishes(db: Executor, { practice }: PracticeScope, clientId: string): Promise<string[]> {
  const rows = await db
    .select({ person: suitsBothWishes.personId })
    .from(suitsBothWishes)
    .where(and(eq(suitsBothWishes.practiceId, practice.id), eq(suitsBothWishes.clientId, clientId)))
  return rows.map(({ person }) => person)
}

export async function setWish(
  tx: Transaction,
  { practice }: PracticeScope,
  clientId: string,
  personId: string,
  since: DateTime | null
): Promise<void> {
  const own = { practiceId: practice.id, clientId, personId }
  if (since)
    await tx
      .insert(suitsBothWishes)
      .values({ ...own, since })
      .onConflictDoNothing()
  else
    await tx
      .delete(suitsBothWishes)
      .where(
        and(
          eq(suitsBothWishes.practiceId, practice.id),
          eq(suitsBothWishes.clientId, clientId),
          eq(suitsBothWishes.personId, personId)
        )
      )
}
