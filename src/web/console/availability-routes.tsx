import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { TimeOffRequest } from '../../availability/schema.ts'
import { addTimeOff, readTimeOff, removeTimeOff } from '../../availability/time-off.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Slug } from '../../kernel/wire.ts'
import { frameOf, personalPage } from '../page.ts'
import { saveHoursFromPage, showHours } from './hours-page.tsx'
import { meantTherapist } from './therapist.ts'
import { TimeOffPage } from './time-off.tsx'

const Query = z.object({ therapist: Slug.optional(), saved: z.string().optional() })
const HoursForm = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
const TimeOffForm = z.object({ therapist: Slug, start: z.string().max(40), end: z.string().max(40) })

/** When a therapist can be booked: weekly hours, single days, time off. */
export const availabilityPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  const { settings } = deps

  app.get(
    '/console/opening-hours',
    { config: { may: 'read opening hours' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => showHours(deps, request, reply, request.query)
  )

  app.post(
    '/console/opening-hours',
    { config: { may: 'change opening hours' }, schema: { hide: true, body: HoursForm } },
    async (request, reply) => saveHoursFromPage(deps, request, reply, request.body)
  )

  app.get(
    '/console/time-off',
    { config: { may: 'read time off' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => {
      const therapist = await meantTherapist(deps, request.scope, request.actor, request.query.therapist)
      const items = await readTimeOff(deps, request.scope, therapist.slug)
      const shown = { therapist, items, collisions: [], given: {}, faults: {} }
      return personalPage(reply, <TimeOffPage frame={frameOf(request, settings)} {...shown} />)
    }
  )

  app.post(
    '/console/time-off',
    { config: { may: 'change time off', makes: true }, schema: { hide: true, body: TimeOffForm } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const { during, faults } = readStretch(body, therapist.zone)
      const added = during && (await addTimeOff(deps, scope, actor, therapist.slug, during, idToMake))
      if (added?.collisions.length === 0) return reply.redirect(`/console/time-off?therapist=${therapist.slug}`, 303)
      const items = await readTimeOff(deps, scope, therapist.slug)
      const shown = { therapist, items, collisions: added?.collisions ?? [], given: added ? {} : body, faults }
      return personalPage(reply.code(added ? 200 : 422), <TimeOffPage frame={frameOf(request, settings)} {...shown} />)
    }
  )

  app.post(
    '/console/time-off/:timeOff/removal',
    {
      config: { may: 'change time off' },
      schema: { hide: true, params: z.object({ timeOff: z.uuid() }), body: TimeOffForm.pick({ therapist: true }) }
    },
    async (request, reply) => {
      const therapist = await meantTherapist(deps, request.scope, request.actor, request.body.therapist)
      await removeTimeOff(deps, request.scope, request.actor, therapist.slug, request.params.timeOff)
      return reply.redirect(`/console/time-off?therapist=${therapist.slug}`, 303)
    }
  )
}

/** The two local times of the form as instants, or a sentence for the field that is not right. */
function readStretch({ start, end }: z.infer<typeof TimeOffForm>, zone: string) {
  const during = { start: DateTime.fromISO(start, { zone }), end: DateTime.fromISO(end, { zone }) }
  const missing = {
    ...(!during.start.isValid && { start: 'Say from when' }),
    ...(!during.end.isValid && { end: 'Say until when' })
  }
  if (Object.keys(missing).length > 0) return { faults: missing }
  const { start: from, end: to } = during
  const order = TimeOffRequest.safeParse({ start: from.toISO(), end: to.toISO() })
  return order.success ? { during: order.data, faults: {} } : { faults: { end: 'The end must be after the start' } }
}
