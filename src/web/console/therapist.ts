import { listTherapists, type Resource } from '../../catalog/store.ts'
import type { Actor } from '../../identity/actor.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { notFound } from '../../kernel/problem.ts'

/** The therapist whose settings are meant: the one that is named, else oneself, else the first. @throws not-found */
export async function meantTherapist(
  { db }: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string | undefined
): Promise<Resource> {
  const all = await listTherapists(db, scope)
  const own = actor.kind === 'staff' ? all.find(({ personId }) => personId === actor.person) : undefined
  const meant = slug === undefined ? (own ?? all[0]) : all.find(therapist => therapist.slug === slug)
  if (!meant) throw notFound('There is no such therapist')
  return meant
}
