import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addSessionType, changeSessionType, readTypeSettings } from '../../catalog/save-session-type.ts'
import { listPlaces, listSessionTypes, listTherapists } from '../../catalog/store.ts'
import { NewSessionType } from '../../catalog/type-schema.ts'
import { changedMeanwhile, Problem } from '../../kernel/problem.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Form, faultsOf, oneOf } from './care-form.ts'
import { readTypeForm, type TypeForm, typeFormOf } from './read-type-form.ts'
import { SessionTypes } from './session-types.tsx'
import { TypeCare } from './type-care.tsx'

const params = z.object({ slug: Slug })
const NewForm = z.object({ like: Slug, name: z.string().max(500), slug: z.string().max(200) })
type NewForm = z.infer<typeof NewForm>
const Query = z.object({ saved: z.literal('1').optional().catch(undefined) })

/** Session types, their rules of care, and who offers them. */
export const sessionTypesPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { db, settings } = deps

  app.get(
    '/console/session-types',
    { config: { may: 'read therapists and places' }, schema: { hide: true } },
    async (request, reply) => {
      return showAll(request, reply, {}, {})
    }
  )

  app.post(
    '/console/session-types',
    { config: { may: 'change session types', makes: true }, schema: { hide: true, body: NewForm } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const { type, offerings } = await readTypeSettings(db, scope, body.like)
      const { kind, description, price, plan, policy, rules } = type
      const like = { kind, description, price, plan, policy, rules, offerings, public: false }
      const asked = NewSessionType.safeParse({ ...like, name: body.name, slug: body.slug })
      const wrong = asked.success
        ? await addSessionType(deps, scope, actor, asked.data, idToMake).then(() => undefined, faultsOf)
        : Object.fromEntries(asked.error.issues.map(({ path, message }) => [String(path[0]), message]))
      if (wrong) return showAll(request, reply.code(422), body, wrong)
      return reply.redirect(`/console/session-types/${body.slug}/plan`, 303)
    }
  )

  async function showAll(request: FastifyRequest, reply: FastifyReply, given: Partial<NewForm>, faults: Faults) {
    const types = await listSessionTypes(db, request.scope)
    return personalPage(reply, <SessionTypes frame={frameOf(request, settings)} {...{ types, given, faults }} />)
  }

  app.get(
    '/console/session-types/:slug',
    { config: { may: 'read therapists and places' }, schema: { hide: true, params, querystring: Query } },
    async (request, reply) => {
      const { type, offerings, etag } = await readTypeSettings(db, request.scope, request.params.slug)
      return show(request, reply, request.params.slug, typeFormOf(type, offerings), {
        etag,
        saved: request.query.saved === '1'
      })
    }
  )

  app.post(
    '/console/session-types/:slug',
    { config: { may: 'change session types' }, schema: { hide: true, params, body: Form } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { slug } = request.params
      const etag = oneOf(body, 'etag')
      const { type } = await readTypeSettings(db, scope, slug)
      const { form, change, faults } = readTypeForm(body, type.rules)
      if (!change) return show(request, reply.code(422), slug, form, { etag, faults })
      const saved = changeSessionType(deps, scope, actor, slug, change, etag || undefined)
      const wrong = await saved.then(() => undefined, meanwhile)
      if (wrong) return show(request, reply.code(422), slug, form, { etag, faults: wrong })
      return reply.redirect(`/console/session-types/${slug}?saved=1`, 303)
    }
  )

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    slug: string,
    form: TypeForm,
    { etag, faults = {}, saved = false }: { etag: string; faults?: Faults; saved?: boolean }
  ) {
    const { scope } = request
    const frame = frameOf(request, settings)
    const types = await listSessionTypes(db, scope)
    const { type } = await readTypeSettings(db, scope, slug)
    const [therapists, places] = [await listTherapists(db, scope), await listPlaces(db, scope)]
    const others = types.filter(other => other.slug !== slug)
    const mayChange = frame.may('change session types')
    const props = { frame, type, ...form, others, therapists, places, etag, mayChange, saved, faults }
    return personalPage(reply, <TypeCare {...props} />)
  }
}

/** What is wrong, and what somebody changed meanwhile, are told on the page; whatever else is thrown goes on. */
function meanwhile(error: unknown): Faults {
  if (error instanceof Problem && error.code === changedMeanwhile().code) return { perDay: error.message }
  return faultsOf(error)
}
