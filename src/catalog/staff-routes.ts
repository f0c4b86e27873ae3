import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals, Slug } from '../kernel/wire.ts'
import { addTherapist } from './add-therapist.ts'
import { changeTherapist } from './change-therapist.ts'
import { readPlaces, type SeenPlace } from './read-places.ts'
import {
  AddedTherapist,
  NewPlace,
  NewTherapist,
  PlaceChange,
  PlaceView,
  TherapistChange,
  TherapistView
} from './resource-schema.ts'
import { addPlace, changePlace } from './save-place.ts'
import { listTherapists } from './store.ts'

const params = z.object({ slug: Slug })
const tags = ['staff']

/** Therapists and places, for the practice. */
export const catalogStaffRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/therapists',
    {
      config: { may: 'read opening hours' },
      schema: { operationId: 'therapists', tags, response: { 200: page(TherapistView), ...refusals(401, 403) } }
    },
    async ({ scope }) => ({ items: await listTherapists(deps.db, scope), next: null })
  )

  app.post(
    '/api/therapists',
    {
      config: { may: 'change therapists and places' },
      schema: {
        operationId: 'addTherapist',
        tags,
        body: NewTherapist,
        response: { 201: AddedTherapist, ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) => {
      const added = await addTherapist(deps, scope, actor, body, idToMake)
      return reply.code(201).header('location', `/api/therapists/${added.slug}`).send(added)
    }
  )

  app.patch(
    '/api/therapists/:slug',
    {
      config: { may: 'change opening hours' },
      schema: {
        operationId: 'changeTherapist',
        tags,
        params,
        body: TherapistChange,
        response: { 200: TherapistView, ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body }) => changeTherapist(deps, scope, actor, params.slug, body)
  )

  app.get(
    '/api/places',
    {
      config: { may: 'read therapists and places' },
      schema: { operationId: 'places', tags, response: { 200: page(PlaceView), ...refusals(401, 403) } }
    },
    async ({ scope, actor }) => ({ items: (await readPlaces(deps.db, scope, actor)).map(viewPlace), next: null })
  )

  app.post(
    '/api/places',
    {
      config: { may: 'change therapists and places' },
      schema: {
        operationId: 'addPlace',
        tags,
        body: NewPlace,
        response: { 201: PlaceView, ...refusals(401, 403, 422) }
      }
    },
    async ({ scope, actor, body, idToMake }, reply) =>
      reply.code(201).send(viewPlace(await addPlace(deps, scope, actor, body, idToMake)))
  )

  app.patch(
    '/api/places/:slug',
    {
      config: { may: 'change therapists and places' },
      schema: {
        operationId: 'changePlace',
        tags,
        params,
        body: PlaceChange,
        response: { 200: PlaceView, ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, body }) => viewPlace(await changePlace(deps, scope, actor, params.slug, body))
  )
}

function viewPlace({ slug, name, roomId, address, link }: SeenPlace): z.input<typeof PlaceView> {
  return { slug, name, room: roomId !== null, address, ...(link !== undefined && { link }) }
}
