import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { readTravel } from '../../availability/travels.ts'
import { absenceOf, readDatesInTheWay } from '../../bookings/absence.ts'
import { beginBulkChange } from '../../bookings/begin-bulk-change.ts'
import { readCollisions } from '../../bookings/collisions.ts'
import { theirTherapist } from '../../catalog/therapist.ts'
import { Slug } from '../../kernel/wire.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { meantTherapist } from './therapist.ts'
import { readWishes } from './time-off-form.ts'
import { Travel } from './travel.tsx'

const Text = z.string().max(64)
const params = z.object({ travel: z.uuid() })
const config = { may: 'change time off' } as const

/** One travel, and what becomes of what is booked on its days and is not possible there. */
export const travelPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/travels/:travel',
    { config, schema: { hide: true, params, querystring: z.object({ therapist: Slug.optional() }) } },
    async (request, reply) => {
      const { scope, actor, params, query } = request
      const therapist = await meantTherapist(deps, scope, actor, query.therapist)
      const travel = await readTravel(deps, scope, therapist.slug, params.travel)
      const absence = await absenceOf(deps, scope, therapist.slug, travel.id)
      const collisions = await readCollisions(deps, scope, actor, therapist.slug, absence)
      const dates = await readDatesInTheWay(deps, scope, actor, therapist.slug, absence)
      const frame = frameOf(request, deps.settings)
      return personalPage(reply, <Travel frame={frame} {...{ therapist, travel, collisions, dates }} />)
    }
  )

  app.post(
    '/console/travels/:travel/changes',
    {
      config: { ...config, makes: true },
      schema: { hide: true, params, body: z.object({ therapist: Slug }).catchall(Text) }
    },
    async ({ scope, actor, params, body, idToMake }, reply) => {
      const therapist = await theirTherapist(deps.db, scope, actor, body.therapist)
      const wishes = readWishes(body)
      if (wishes.length === 0) return reply.redirect(`/console/travels?therapist=${therapist.slug}`, 303)
      const absence = await absenceOf(deps, scope, therapist.slug, params.travel)
      const change = await beginBulkChange(deps, scope, actor, therapist.slug, absence, wishes, idToMake)
      return reply.redirect(`/console/time-off/changes/${change}`, 303)
    }
  )
}
