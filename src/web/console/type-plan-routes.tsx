import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { changeSessionType, readTypeSettings } from '../../catalog/save-session-type.ts'
import type { SessionTypeChange } from '../../catalog/type-schema.ts'
import { changedMeanwhile, Problem } from '../../kernel/problem.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Form, faultsOf, oneOf } from './care-form.ts'
import { readTypePlan } from './read-type-plan.ts'
import { TypePlan } from './type-plan.tsx'
import { draftOf, type TypeDraft } from './type-plan-draft.ts'
import { typedDraft } from './typed-type-plan.ts'

const params = z.object({ slug: Slug })
const Query = z.object({ saved: z.literal('1').optional().catch(undefined) })

/** A session type's plan, price and terms. */
export const typePlanPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { db, settings, now } = deps

  app.get(
    '/console/session-types/:slug/plan',
    { config: { may: 'read therapists and places' }, schema: { hide: true, params, querystring: Query } },
    async (request, reply) => {
      const { type } = await readTypeSettings(db, request.scope, request.params.slug)
      return show(request, reply, request.params.slug, draftOf(type), { saved: request.query.saved === '1' })
    }
  )

  app.post(
    '/console/session-types/:slug/plan',
    { config: { may: 'change session types' }, schema: { hide: true, params, body: Form } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { slug } = request.params
      const etag = oneOf(body, 'etag')
      const { type } = await readTypeSettings(db, scope, slug)
      const draft = typedDraft(body)
      const { change, faults } = readTypePlan(draft, type)
      if (oneOf(body, 'do') !== 'save') return show(request, reply, slug, draft, { etag, change })
      if (!change) return show(request, reply.code(422), slug, draft, { etag, faults })
      const wrong = await changeSessionType(deps, scope, actor, slug, change, etag || undefined).then(
        () => undefined,
        refusal
      )
      if (wrong) return show(request, reply.code(422), slug, draft, { etag, change, faults: wrong })
      return reply.redirect(`/console/session-types/${slug}/plan?saved=1`, 303)
    }
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
    draft: TypeDraft,
    {
      etag,
      change,
      faults = {},
      saved = false
    }: { etag?: string; change?: SessionTypeChange | undefined; faults?: Faults | undefined; saved?: boolean }
  ) {
    const { type, etag: read } = await readTypeSettings(db, request.scope, slug)
    const frame = frameOf(request, settings)
    const mayChange = frame.may('change session types')
    const { zone } = request.scope.practice
    const plan = change?.plan ?? type.plan
    const props = { frame, type, plan, zone, now: now(), etag: etag ?? read, mayChange, saved, faults, ...draft }
    return personalPage(reply, <TypePlan {...props} />)
  }
}

/** What is wrong, and what somebody changed meanwhile, are told on the page; whatever else is thrown goes on. */
function refusal(error: unknown): Faults {
  if (error instanceof Problem && error.code === changedMeanwhile().code) return { name: error.message }
  return faultsOf(error)
}
