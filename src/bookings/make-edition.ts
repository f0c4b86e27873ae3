import { queueFor } from '../availability/queue-store.ts'
import { noSuchType, type SessionType } from '../catalog/session-type.ts'
import { findSessionType, listOfferings } from '../catalog/store.ts'
import { theirTherapist } from '../catalog/therapist.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import { instantOf } from '../kernel/time.ts'
import { decisionDay, editionCollides, mustBeCapacity } from './edition.ts'
import { mustBeClear } from './edition-collisions.ts'
import type { EditionRequest, EditionView } from './edition-schema.ts'
import { findEdition, insertEdition, resourcesOf } from './edition-store.ts'
import { blocksFrom, layEdition, stretchesOf } from './lay-edition.ts'
import { besides } from './lead-together.ts'
import { viewEdition } from './list-editions.ts'
import { noteEdition } from './note-edition.ts'
import { withBlocks } from './own-blocks.ts'

/**
 * Puts an edition on the calendar: its blocks take its one or two therapists and the room, days of rest included, whoever comes.
 * @param id the edition's: one that is there already was made by an earlier run of the same request
 * @throws no-such-session-type, no-such-therapist, not-allowed, invalid-input; edition-collides with what is in the way
 */
export async function makeEdition(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  request: EditionRequest,
  id = newId()
): Promise<EditionView> {
  const { db, settings, now } = deps
  const usual = await findSessionType(db, scope, slug)
  if (!usual) throw noSuchType(`There is no session type “${slug}”`)
  const segments = request.blocks ?? null
  const type = withBlocks(usual, segments)
  mustBeCapacity(request)
  const { therapist: named, with: other, place } = await offeringOf(db, scope, type, request)
  return db
    .transaction(async tx => {
      const therapist = await theirTherapist(tx, scope, actor, named.slug)
      const laid = blocksFrom(type, request.day, therapist.zone)
      const [first] = laid
      if (!first || instantOf(first.start) <= now())
        throw invalid([{ pointer: '/day', detail: 'Choose a day that is still to come' }])
      const decideOn = decisionDay(request.goNoGoOn, instantOf(first.start), scope.practice.zone)
      const second = other ? await theirTherapist(tx, scope, actor, other.slug) : null
      const edition = {
        id,
        placeId: place.id,
        therapist: { ...therapist, personId: therapist.personId ?? '' },
        second: second && { ...second, personId: second.personId ?? '' }
      }
      const led = { therapistId: therapist.id, secondTherapistId: second?.id ?? null }
      const resources = resourcesOf({ ...led, place })
      await queueFor(tx, scope, resources)
      const earlier = await findEdition(tx, scope, id)
      if (earlier) return viewEdition(tx, scope, earlier)
      await mustBeClear(tx, scope, resources, stretchesOf(type, laid, therapist.zone))
      const blocks = layEdition(scope, settings, edition, resources, type, laid, now())
      await insertEdition(
        tx,
        {
          practiceId: scope.practice.id,
          id,
          sessionTypeId: type.id,
          version: type.version,
          ...led,
          placeId: place.id,
          state: request.state,
          smallest: request.min,
          largest: request.max,
          decideOn,
          segments
        },
        blocks
      )
      await noteEdition(deps, tx, scope, actor, 'edition.made', id)
      const made = await findEdition(tx, scope, id)
      if (!made) throw new Error('The edition was just written')
      return viewEdition(tx, scope, made)
    })
    .catch(named409)
}

/** The constraint has the last word where two come at once. */
export function named409(error: unknown): never {
  if (constraintOf(error)?.startsWith('occupancy_once'))
    throw editionCollides('Something was booked there in this moment')
  throw error
}

async function offeringOf(db: Deps['db'], scope: PracticeScope, { id }: SessionType, request: EditionRequest) {
  const { therapist, place } = request
  const offerings = await listOfferings(db, scope, id)
  const offered = offerings.find(
    one => (therapist ?? one.therapist.slug) === one.therapist.slug && (place ?? one.place.slug) === one.place.slug
  )
  if (!offered)
    throw invalid([
      { pointer: therapist ? '/therapist' : '/place', detail: 'This session is not offered there: offer it first' }
    ])
  return { ...offered, with: request.with ? besides(offerings, offered, request.with) : undefined }
}
