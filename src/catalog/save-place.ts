import { type Actor, actorName } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { constraintOf } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { invalid, problem } from '../kernel/problem.ts'
import type { NewPlace, PlaceChange } from './resource-schema.ts'
import { findPlace, findResourceBySlug, insertPlace, insertResource, updatePlace } from './resource-store.ts'
import type { Place } from './store.ts'

export const noSuchPlace = problem('no-such-place', 404, 'There is no such place')

/**
 * A place more: a room, which one session has at a time, or one where any number can be at once, such as video.
 * @param id the place's: one that is there already was made by an earlier run of the same request
 * @throws invalid-input where its slug is taken, also by a therapist: rooms are named beside them
 */
export async function addPlace(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { slug, name, room, address = null, link = null }: NewPlace,
  id = newId()
): Promise<Place> {
  const place = { id, slug, name, roomId: room ? newId() : null, address, link }
  return deps.db
    .transaction(async tx => {
      const earlier = await findPlace(tx, scope, slug)
      if (earlier?.id === id) return earlier
      if (earlier || (room && (await findResourceBySlug(tx, scope, slug)))) throw taken(slug)
      if (place.roomId)
        await insertResource(tx, scope, { id: place.roomId, kind: 'room', slug, name, zone: scope.practice.zone })
      await insertPlace(tx, scope, place)
      const subjects = { place: id }
      await emit(deps, tx, { practice: scope.practice.id, actor: actorName(actor), kind: 'place.added', subjects })
      return place
    })
    .catch(error => {
      if (/^(places|resources)_slug/.test(constraintOf(error) ?? '')) throw taken(slug)
      throw error
    })
}

/** Changes a place's name, address or link. Where it is a room, it stays one. @throws no-such-place */
export async function changePlace(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  { name, address, link }: PlaceChange
): Promise<Place> {
  return deps.db.transaction(async tx => {
    const place = await findPlace(tx, scope, slug)
    if (!place) throw noSuchPlace(`There is no place “${slug}”`)
    const set = {
      ...(name !== undefined && { name }),
      ...(address !== undefined && { address }),
      ...(link !== undefined && { link })
    }
    await updatePlace(tx, scope, place.id, set)
    const subjects = { place: place.id }
    await emit(deps, tx, { practice: scope.practice.id, actor: actorName(actor), kind: 'place.changed', subjects })
    return { ...place, ...set }
  })
}

const taken = (slug: string) =>
  invalid([{ pointer: '/slug', detail: `There is a place, room or therapist “${slug}” already` }])
