import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../kernel/deps.ts'
import { page, refusals, Slug } from '../../kernel/wire.ts'
import { addCalendar } from './add-calendar.ts'
import { readBusyTimes, readCalendars, syncNow } from './read-calendars.ts'
import { removeCalendar } from './remove-calendar.ts'
import { BusyQuery, BusyView, OutsideCalendarRequest, OutsideCalendarView, view } from './schema.ts'

const Therapist = z.object({ slug: Slug })
const Calendar = Therapist.extend({ id: z.uuid() })
const tags = ['staff']
const may = 'keep calendars outside'

export const outsideCalendarRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/api/therapists/:slug/outside-calendars',
    {
      config: { may },
      schema: {
        operationId: 'outsideCalendars',
        tags,
        params: Therapist,
        response: { 200: page(OutsideCalendarView), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => {
      const items = await readCalendars(deps, scope, actor, params.slug)
      return { items: items.map(view), next: null }
    }
  )

  app.post(
    '/api/therapists/:slug/outside-calendars',
    {
      config: { may },
      schema: {
        operationId: 'addOutsideCalendar',
        tags,
        params: Therapist,
        body: OutsideCalendarRequest,
        response: { 201: OutsideCalendarView, ...refusals(401, 403, 404, 409, 422) }
      }
    },
    async ({ scope, actor, params, body, idToMake }, reply) =>
      reply.code(201).send(view(await addCalendar(deps, scope, actor, params.slug, body, idToMake)))
  )

  app.delete(
    '/api/therapists/:slug/outside-calendars/:id',
    {
      config: { may },
      schema: {
        operationId: 'removeOutsideCalendar',
        tags,
        params: Calendar,
        response: { 204: z.null(), ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }, reply) => {
      await removeCalendar(deps, scope, actor, params.slug, params.id)
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/api/therapists/:slug/outside-calendars/:id/sync',
    {
      config: { may, makes: false },
      schema: {
        operationId: 'syncOutsideCalendar',
        tags,
        params: Calendar,
        response: { 200: OutsideCalendarView, ...refusals(401, 403, 404) }
      }
    },
    async ({ scope, actor, params }) => view(await syncNow(deps, scope, actor, params.slug, params.id))
  )

  app.get(
    '/api/therapists/:slug/outside-calendars/:id/busy',
    {
      config: { may },
      schema: {
        operationId: 'outsideBusy',
        tags,
        params: Calendar,
        querystring: BusyQuery,
        response: { 200: BusyView, ...refusals(401, 403, 404, 422) }
      }
    },
    async ({ scope, actor, params, query }) => ({
      items: await readBusyTimes(deps, scope, actor, params.slug, params.id, query)
    })
  )
}
