import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addTherapist } from '../../catalog/add-therapist.ts'
import { TherapistCare } from '../../catalog/care.ts'
import { changeTherapist } from '../../catalog/change-therapist.ts'
import { readPlaces } from '../../catalog/read-places.ts'
import { NewPlace, NewTherapist, TherapistChange } from '../../catalog/resource-schema.ts'
import { addPlace } from '../../catalog/save-place.ts'
import { listTherapists, type Resource } from '../../catalog/store.ts'
import { theTherapist } from '../../catalog/therapist.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Form, faultsOf, oneOf, readNumbers } from './care-form.ts'
import { careFields, TherapistPage } from './therapist-care.tsx'
import { Therapists, type Typed } from './therapists.tsx'

const params = z.object({ slug: Slug })
const Query = z.object({ saved: z.literal('1').optional().catch(undefined) })
type Shown = Partial<Pick<Parameters<typeof Therapists>[0], 'sent' | 'given' | 'faults' | 'added'>>

/** Therapists, how much each takes on, and places. */
export const therapistsPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { db, settings } = deps

  app.get(
    '/console/therapists',
    { config: { may: 'read therapists and places' }, schema: { hide: true } },
    async (request, reply) => show(request, reply, {})
  )

  app.post(
    '/console/therapists',
    { config: { may: 'change therapists and places', makes: true }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const given = typed(body, ['name', 'slug', 'email'])
      const read = NewTherapist.safeParse(given)
      if (!read.success) return show(request, reply.code(422), { sent: 'therapist', given, faults: issues(read.error) })
      const added = await addTherapist(deps, scope, actor, read.data, idToMake).catch(faultsOf)
      if (!('password' in added && 'zone' in added))
        return show(request, reply.code(422), { sent: 'therapist', given, faults: added })
      return show(request, reply, { added: { name: read.data.name, password: added.password } })
    }
  )

  app.post(
    '/console/places',
    { config: { may: 'change therapists and places', makes: true }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const given = typed(body, ['place-name', 'place-slug', 'address', 'link', 'room'])
      const { 'place-name': name, 'place-slug': slug, address, link } = given
      const read = NewPlace.safeParse({
        name,
        slug,
        room: given.room === 'yes',
        address: address || null,
        link: link || null
      })
      const faults = read.success
        ? await addPlace(deps, scope, actor, read.data, idToMake).then(() => undefined, faultsOf)
        : issues(read.error)
      if (!faults) return reply.redirect('/console/therapists', 303)
      const { name: ofName, slug: ofSlug, ...rest } = faults
      const named = { ...rest, ...(ofName && { 'place-name': ofName }), ...(ofSlug && { 'place-slug': ofSlug }) }
      return show(request, reply.code(422), { sent: 'place', given, faults: named })
    }
  )

  app.get(
    '/console/therapists/:slug',
    { config: { may: 'read therapists and places' }, schema: { hide: true, params, querystring: Query } },
    async (request, reply) => {
      const therapist = await theTherapist(db, request.scope, request.params.slug)
      return showOne(request, reply, therapist, { given: givenOf(therapist), saved: request.query.saved === '1' })
    }
  )

  app.post(
    '/console/therapists/:slug',
    { config: { may: 'change opening hours' }, schema: { hide: true, params, body: Form } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { slug } = request.params
      const therapist = await theTherapist(db, scope, slug)
      const { numbers, faults } = readNumbers(body, careFields)
      const { most, pause, ...caps } = numbers
      const inRow = most !== undefined || pause !== undefined ? { most, pause } : undefined
      const care = { ...caps, ...(inRow && { inRow }) }
      const read = TherapistChange.safeParse({
        name: oneOf(body, 'name'),
        care: Object.keys(care).length > 0 ? care : null
      })
      const wrong = { ...(!read.success && issues(read.error)), ...faults }
      if (!read.success || Object.keys(wrong).length > 0)
        return showOne(request, reply.code(422), therapist, {
          given: typed(body, ['name', ...careFields]),
          faults: wrong
        })
      await changeTherapist(deps, scope, actor, slug, read.data)
      return reply.redirect(`/console/therapists/${slug}?saved=1`, 303)
    }
  )

  async function show(request: FastifyRequest, reply: FastifyReply, shown: Shown) {
    const therapists = await listTherapists(db, request.scope)
    const places = await readPlaces(db, request.scope, request.actor)
    const { sent, given = {}, faults = {}, added } = shown
    const props = { frame: frameOf(request, settings), therapists, places, sent, given, faults, added }
    return personalPage(reply, <Therapists {...props} />)
  }

  async function showOne(
    request: FastifyRequest,
    reply: FastifyReply,
    therapist: Resource,
    { given, faults = {}, saved = false }: { given: Typed; faults?: Faults; saved?: boolean }
  ) {
    const { actor } = request
    const mayChange = actor.kind === 'staff' && (actor.roles.includes('owner') || actor.person === therapist.personId)
    const frame = frameOf(request, settings)
    return personalPage(reply, <TherapistPage frame={frame} {...{ therapist, given, mayChange, saved, faults }} />)
  }
}

function typed(body: Form, names: readonly string[]): Typed {
  return Object.fromEntries(names.map(name => [name, oneOf(body, name)]).filter(([, value]) => value !== ''))
}

function givenOf({ name, care }: Resource): Typed {
  const { inRow, ...caps } = TherapistCare.parse(care ?? {})
  const numbers = { ...caps, ...inRow }
  return { name, ...Object.fromEntries(Object.entries(numbers).map(([field, value]) => [field, String(value)])) }
}

/** The first sentence for each field that is not right. */
function issues({ issues }: z.ZodError): Faults {
  return Object.fromEntries(issues.map(({ path, message }) => [String(path.at(-1) ?? ''), message]).reverse())
}
