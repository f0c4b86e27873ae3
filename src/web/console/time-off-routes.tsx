import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addTimeOff, readDates, readTimeOff, removeTimeOff } from '../../availability/time-off.ts'
import { beginBulkChange } from '../../bookings/begin-bulk-change.ts'
import { readCollisions } from '../../bookings/collisions.ts'
import type { Resource } from '../../catalog/store.ts'
import { Slug } from '../../kernel/wire.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { BulkChange } from './bulk-change.tsx'
import { readChangePage } from './read-change-page.ts'
import { meantTherapist } from './therapist.ts'
import { TimeOffPage, type TimeOffProps } from './time-off.tsx'
import { readStretch, readWishes, TimeOffForm } from './time-off-form.ts'

const Query = z.object({ therapist: Slug.optional() })
const config = { may: 'change time off' } as const

/** Absences. What one is in the way of is shown first, and answered in the same go. */
export const timeOffPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/time-off',
    { config: { may: 'read time off' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => {
      const therapist = await meantTherapist(deps, request.scope, request.actor, request.query.therapist)
      return show(request, reply, therapist)
    }
  )

  app.post(
    '/console/time-off',
    { config: { ...config, makes: true }, schema: { hide: true, body: TimeOffForm } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const { during, faults } = readStretch(body, therapist.zone)
      if (!during) return show(request, reply.code(422), therapist, { given: body, faults })
      const collisions = body.seen ? [] : await readCollisions(deps, scope, actor, therapist.slug, during)
      const dates = body.seen ? [] : await readDates(deps, scope, actor, therapist.slug, during)
      if (collisions.length + dates.length > 0)
        return show(request, reply, therapist, { given: body, collisions, dates })
      const wishes = readWishes(body)
      await addTimeOff(deps, scope, actor, therapist.slug, during, idToMake)
      if (wishes.length === 0) return reply.redirect(`/console/time-off?therapist=${therapist.slug}`, 303)
      const change = await beginBulkChange(deps, scope, actor, therapist.slug, during, wishes, idToMake)
      return reply.redirect(`/console/time-off/changes/${change}`, 303)
    }
  )

  app.get(
    '/console/time-off/changes/:change',
    { config, schema: { hide: true, params: z.object({ change: z.uuid() }) } },
    async (request, reply) => {
      const page = await readChangePage(deps, request.scope, request.actor, request.params.change)
      return personalPage(reply, <BulkChange frame={frameOf(request, deps.settings)} {...page} />)
    }
  )

  app.post(
    '/console/time-off/:timeOff/removal',
    {
      config,
      schema: { hide: true, params: z.object({ timeOff: z.uuid() }), body: z.object({ therapist: Slug }) }
    },
    async (request, reply) => {
      const therapist = await meantTherapist(deps, request.scope, request.actor, request.body.therapist)
      await removeTimeOff(deps, request.scope, request.actor, therapist.slug, request.params.timeOff)
      return reply.redirect(`/console/time-off?therapist=${therapist.slug}`, 303)
    }
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    therapist: Resource,
    {
      given = {},
      faults = {},
      collisions = [],
      dates = []
    }: Partial<Pick<TimeOffProps, 'given' | 'faults' | 'collisions' | 'dates'>> = {}
  ) {
    const items = await readTimeOff(deps, request.scope, therapist.slug)
    const frame = frameOf(request, deps.settings)
    const shown = { therapist, items, collisions, dates, given, faults }
    return personalPage(reply, <TimeOffPage frame={frame} {...shown} />)
  }
}
