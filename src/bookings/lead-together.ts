import type { Offering, Resource } from '../catalog/store.ts'
import { type Actor, notAllowed } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { invalid } from '../kernel/problem.ts'
import { listBlocks } from './block-store.ts'
import { mustBeClear } from './edition-collisions.ts'
import { type FoundEdition, saveEdition } from './edition-store.ts'
import { attendanceOf } from './lay-edition.ts'
import { dropLeader, insertLeader, listStretches, setSeconds } from './leader-store.ts'

/**
 * Who leads an edition with its therapist: somebody else who offers the session at the same place, by the same clock.
 * @throws invalid-input
 */
export function besides(
  offerings: readonly Offering[],
  { therapist, place }: { therapist: { slug: string; zone: string }; place: { slug: string } },
  slug: string
): Resource {
  const other = offerings.find(one => one.therapist.slug === slug && one.place.slug === place.slug)?.therapist
  if (!other || slug === therapist.slug || other.zone !== therapist.zone)
    throw invalid([
      {
        pointer: '/with',
        detail: 'Name another therapist who offers this session there, with a calendar in the same zone'
      }
    ])
  return other
}

/** @throws not-allowed: an edition is changed by those who lead it, and by the owner */
export function mustLead(actor: Actor, { therapist, second }: Pick<FoundEdition, 'therapist' | 'second'>): void {
  const leads =
    actor.kind === 'staff' &&
    (actor.roles.includes('owner') || [therapist.personId, second?.personId].includes(actor.person))
  if (!leads) throw notAllowed('These dates are changed by those who lead them, and by the owner')
}

/**
 * Nobody leads an edition with its therapist any more: the other's time is free, and the blocks go from their calendar. The
 * caller holds the edition's lock.
 * @returns the edition as it is now
 */
export async function leadAlone(tx: Transaction, scope: PracticeScope, edition: FoundEdition): Promise<FoundEdition> {
  const { id, second, secondTherapistId } = edition
  if (!second || !secondTherapistId) return edition
  const blocks = (await listBlocks(tx, scope, [id])).map(block => block.id)
  await dropLeader(tx, scope, blocks, { resource: secondTherapistId, person: second.personId })
  await setSecond(tx, scope, id, null)
  return { ...edition, second: null, secondTherapistId: null }
}

/**
 * Lets another therapist lead an edition that one leads: what the blocks take is taken of both, days of rest too, and both have
 * them in their calendars, with the couples' bookings. The caller holds the edition's lock and the other's line.
 * @throws edition-collides
 */
export async function leadTogether(
  deps: Deps,
  tx: Transaction,
  scope: PracticeScope,
  { id, therapistId }: FoundEdition,
  other: Resource
): Promise<void> {
  const blocks = await listBlocks(tx, scope, [id])
  const ids = blocks.map(block => block.id)
  const taken = await listStretches(tx, scope, ids, therapistId)
  const stretches = taken.map(({ during }) => during)
  await mustBeClear(tx, scope, [other.id], stretches)
  await insertLeader(
    tx,
    taken.map(row => ({ ...row, resourceId: other.id })),
    attendanceOf(scope, deps.settings, blocks, other.personId ?? '', deps.now())
  )
  await setSecond(tx, scope, id, other.id)
}

async function setSecond(tx: Transaction, scope: PracticeScope, id: string, second: string | null): Promise<void> {
  await saveEdition(tx, scope, id, { secondTherapistId: second })
  await setSeconds(tx, scope, id, second)
}
