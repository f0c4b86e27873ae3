import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../../kernel/deps.ts'
import { Slug } from '../../kernel/wire.ts'
import { saveHoursFromPage, showHours } from './hours-page.tsx'

const Query = z.object({ therapist: Slug.optional(), saved: z.string().optional() })
const HoursForm = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** When a therapist can be booked: weekly hours and single days. */
export const availabilityPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
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
}
