import { randomBytes } from 'node:crypto'
import { type Actor, actorName } from '../identity/actor.ts'
import { addStaff, normalisedAddress } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { addRole, findProvenPerson, findStaffByLookup } from '../identity/store.ts'
import { constraintOf, type Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import type { NewTherapist } from './resource-schema.ts'
import { findResourceBySlug, findTherapistOf, insertResource } from './resource-store.ts'
import type { Resource } from './store.ts'
import { theTherapist } from './therapist.ts'

/**
 * Somebody more with a calendar of their own: a new member of the staff, or one who works here already. Without opening
 * hours nothing of theirs can be booked yet, and nothing is offered by them before a session type says so.
 * @param id the therapist's: one that is there already was made by an earlier run of the same request
 * @returns also the password of somebody new, which is kept by nobody else
 * @throws invalid-input naming a slug that is taken, or an address that is somebody else's
 */
export async function addTherapist(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  given: NewTherapist,
  id = newId()
): Promise<Resource & { password: string | null }> {
  const { slug, name, zone = scope.practice.zone, care = null } = given
  return deps.db
    .transaction(async tx => {
      const earlier = await findResourceBySlug(tx, scope, slug)
      if (earlier?.id === id) return { ...(await theTherapist(tx, scope, slug)), password: null }
      if (earlier) throw taken(slug)
      const { person, password } = await staffOf(deps, tx, scope, given, zone)
      await insertResource(tx, scope, { id, kind: 'therapist', slug, name, personId: person, zone, care })
      await emit(deps, tx, {
        practice: scope.practice.id,
        actor: actorName(actor),
        kind: 'therapist.added',
        subjects: { therapist: id }
      })
      return { ...(await theTherapist(tx, scope, slug)), password }
    })
    .catch(error => {
      // Two at once: the second finds what the first made.
      const constraint = constraintOf(error)
      if (constraint?.startsWith('resources_slug')) throw taken(slug)
      if (constraint?.startsWith('contact_points')) throw othersAddress()
      throw error
    })
}

/** The member of the staff with this address, a therapist from now on, or a new one. */
async function staffOf(deps: Deps, tx: Transaction, scope: PracticeScope, { name, email }: NewTherapist, zone: string) {
  const lookup = deps.secrets.lookup(scope.practice.id, 'email', normalisedAddress(email))
  const member = await findStaffByLookup(tx, scope, lookup)
  if (!member) {
    if (await findProvenPerson(tx, scope, lookup)) throw othersAddress()
    const password = randomBytes(12).toString('base64url')
    return { person: await addStaff(deps, tx, scope, { name, email, password, roles: ['therapist'], zone }), password }
  }
  const { personId, active } = member
  if (!active) throw othersAddress()
  const other = await findTherapistOf(tx, scope, personId)
  if (other) throw invalid([{ pointer: '/email', detail: `They are a therapist already: “${other}”` }])
  await addRole(tx, scope, personId, 'therapist')
  return { person: personId, password: null }
}

const taken = (slug: string) =>
  invalid([{ pointer: '/slug', detail: `There is a therapist or a room “${slug}” already` }])
const othersAddress = () =>
  invalid([{ pointer: '/email', detail: 'Somebody signs in with this address who does not work here: take another' }])
