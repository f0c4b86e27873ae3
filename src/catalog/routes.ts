import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { page, refusals, Slug } from '../kernel/wire.ts'
import { findPublicType, listPublicTypes } from './read-session-types.ts'
import { PracticeView, SessionTypeView, viewSessionType } from './schema.ts'
import { catalogStaffRoutes } from './staff-routes.ts'
import { sessionTypeRoutes } from './type-routes.ts'

/** What can be booked, for everybody; and for the practice, which sets it up. */
export const catalogRoutes: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  await app.register(catalogStaffRoutes, { deps })
  await app.register(sessionTypeRoutes, { deps })

  app.get(
    '/api/practice',
    {
      config: { may: 'read the catalogue' },
      schema: { operationId: 'practice', tags: ['catalogue'], response: { 200: PracticeView } }
    },
    async ({ scope: { practice } }) => ({
      ...practice,
      policies: { ...practice.policies, termsVersion: practice.termsVersion }
    })
  )

  app.get(
    '/api/session-types',
    {
      config: { may: 'read the catalogue' },
      schema: { operationId: 'sessionTypes', tags: ['catalogue'], response: { 200: page(SessionTypeView) } }
    },
    async ({ scope }) => ({ items: (await listPublicTypes(deps, scope)).map(viewSessionType), next: null })
  )

  app.get(
    '/api/session-types/:slug',
    {
      config: { may: 'read the catalogue' },
      schema: {
        operationId: 'sessionType',
        tags: ['catalogue'],
        params: z.object({ slug: Slug }),
        response: { 200: SessionTypeView, ...refusals(404) }
      }
    },
    async ({ scope, params }) => viewSessionType(await findPublicType(deps, scope, params.slug))
  )
}
