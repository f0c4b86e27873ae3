import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { TravelRequest } from '../../availability/travel-schema.ts'
import { addTravel, readTravels, removeTravel, travelsOverlap } from '../../availability/travels.ts'
import type { Resource } from '../../catalog/store.ts'
import { Problem } from '../../kernel/problem.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { zoneChoices } from '../site/zones.ts'
import { meantTherapist } from './therapist.ts'
import { Travels, type TravelsProps } from './travels.tsx'

const Query = z.object({ therapist: Slug.optional() })
const Text = z.string().max(64).optional()
const Form = z.object({ therapist: Slug, zone: Text, firstDay: Text, lastDay: Text, keeps: Text, videoOnly: Text })

/** Days on which a therapist works in another zone. */
export const travelsPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/console/travels',
    { config: { may: 'read time off' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => {
      const therapist = await meantTherapist(deps, request.scope, request.actor, request.query.therapist)
      return show(request, reply, therapist)
    }
  )

  app.post(
    '/console/travels',
    { config: { may: 'change time off', makes: true }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const { therapist: _, videoOnly, ...typed } = body
      const read = TravelRequest.safeParse({ ...typed, videoOnly: videoOnly === 'yes' })
      const given = { ...body, videoOnly: videoOnly ?? 'no' }
      if (!read.success) {
        const faults = Object.fromEntries(read.error.issues.map(({ path, message }) => [String(path[0]), message]))
        const missing = {
          ...(!body.firstDay && { firstDay: 'Say the first day there' }),
          ...(!body.lastDay && { lastDay: 'Say the last day there' })
        }
        return show(request, reply.code(422), therapist, given, { ...faults, ...missing })
      }
      const added = await addTravel(deps, scope, actor, therapist.slug, read.data, idToMake).catch(overlaps)
      if (added instanceof Problem)
        return show(request, reply.code(409), therapist, given, { firstDay: `${added.title}. ${added.message}` })
      const some = added.collisions.length + added.editions.length > 0
      const to = some ? `/${added.id}?therapist=${therapist.slug}` : `?therapist=${therapist.slug}`
      return reply.redirect(`/console/travels${to}`, 303)
    }
  )

  app.post(
    '/console/travels/:travel/removal',
    {
      config: { may: 'change time off' },
      schema: { hide: true, params: z.object({ travel: z.uuid() }), body: z.object({ therapist: Slug }) }
    },
    async (request, reply) => {
      const therapist = await meantTherapist(deps, request.scope, request.actor, request.body.therapist)
      await removeTravel(deps, request.scope, request.actor, therapist.slug, request.params.travel)
      return reply.redirect(`/console/travels?therapist=${therapist.slug}`, 303)
    }
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    therapist: Resource,
    given: TravelsProps['given'] = {},
    faults: Faults = {}
  ) {
    const items = await readTravels(deps, request.scope, therapist.slug)
    const zones = zoneChoices(given.zone ?? therapist.zone, therapist.zone)
    const frame = frameOf(request, deps.settings)
    return personalPage(reply, <Travels frame={frame} {...{ therapist, zones, items, given, faults }} />)
  }
}

/** Two travels on one day are told on the page; whatever else is thrown goes on. */
function overlaps(error: unknown): Problem {
  if (error instanceof Problem && error.code === travelsOverlap().code) return error
  throw error
}
