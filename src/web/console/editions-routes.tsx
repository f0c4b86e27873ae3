import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { approveEntry } from '../../bookings/approve-entry.ts'
import { changeEdition } from '../../bookings/change-edition.ts'
import { EditionChange, EditionRequest } from '../../bookings/edition-schema.ts'
import { listEditionsForStaff } from '../../bookings/list-editions.ts'
import { makeEdition } from '../../bookings/make-edition.ts'
import { readRoster } from '../../bookings/read-roster.ts'
import { SeatTransfer } from '../../bookings/roster-schema.ts'
import { transferSeat } from '../../bookings/transfer-seat.ts'
import { listOfferings, listSessionTypes } from '../../catalog/store.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { EditionPage } from './edition.tsx'
import {
  ApprovalForm,
  blocksFrom,
  ChangeForm,
  editionFault,
  NewForm,
  read,
  TransferForm,
  wholeNumber
} from './edition-form.ts'
import { offeredAt } from './edition-therapists.ts'
import { EditionsPage, type NewGiven } from './editions.tsx'

const Id = z.object({ id: z.uuid() })
/** Dates for staff: all of them, a new one, and one with who comes, who waits, and what is to be decided. */
export const editionsPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const { settings } = deps
  const reading = { may: 'read editions' } as const
  const changing = { may: 'change editions' } as const

  app.get('/console/editions', { config: reading, schema: { hide: true } }, async (request, reply) =>
    showAll(request, reply, {}, undefined)
  )

  app.post(
    '/console/editions',
    { config: { ...changing, makes: true }, schema: { hide: true, body: NewForm } },
    async (request, reply) => {
      const { scope, actor, idToMake } = request
      const { type, offering, ...given } = request.body
      const [therapist, place] = offering.split(' ')
      const asked = read(EditionRequest, {
        ...given,
        therapist,
        place,
        blocks: blocksFrom(given.blocks),
        min: wholeNumber(given.min),
        max: wholeNumber(given.max)
      })
      if ('fault' in asked) return showAll(request, reply.code(422), request.body, asked.fault)
      const made = await makeEdition(deps, scope, actor, type, asked.read, idToMake).catch(editionFault)
      if ('fault' in made) return showAll(request, reply.code(made.status), request.body, made.fault)
      return reply.redirect(`/console/editions/${made.id}`, 303)
    }
  )

  app.get('/console/editions/:id', { config: reading, schema: { hide: true, params: Id } }, async (request, reply) =>
    showOne(request, reply, request.params.id, undefined)
  )

  app.post(
    '/console/editions/:id',
    { config: changing, schema: { hide: true, params: Id, body: ChangeForm } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value))
      const asked = read(EditionChange, {
        ...given,
        ...('agreed' in given && { agreed: true }),
        ...(body.with === 'nobody' && { with: null }),
        ...('blocks' in given && { blocks: blocksFrom(body.blocks) }),
        ...('min' in given && { min: wholeNumber(body.min) }),
        ...('max' in given && { max: wholeNumber(body.max) })
      })
      if ('fault' in asked) return showOne(request, reply.code(422), params.id, asked.fault)
      const changed = await changeEdition(deps, scope, actor, params.id, asked.read).catch(editionFault)
      if ('fault' in changed) return showOne(request, reply.code(changed.status), params.id, changed.fault)
      return reply.redirect(`/console/editions/${params.id}`, 303)
    }
  )

  app.post(
    '/console/editions/:id/line/:entry/approval',
    {
      config: { may: 'approve bookings' },
      schema: { hide: true, params: Id.extend({ entry: z.uuid() }), body: ApprovalForm }
    },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const spoken = body?.spokenWithEach === 'yes' || undefined
      const fault = await approveEntry(deps, scope, actor, params.entry, spoken).catch(editionFault)
      if (fault) return showOne(request, reply.code(fault.status), params.id, fault.fault)
      return reply.redirect(`/console/editions/${params.id}`, 303)
    }
  )

  app.post(
    '/console/editions/:id/seats/:booking/transfer',
    {
      config: changing,
      schema: { hide: true, params: Id.extend({ booking: z.uuid() }), body: TransferForm }
    },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const asked = read(SeatTransfer, body)
      if ('fault' in asked) return showOne(request, reply.code(422), params.id, asked.fault)
      const outcome = await transferSeat(deps, scope, actor, params.booking, asked.read).catch(editionFault)
      if ('fault' in outcome) return showOne(request, reply.code(outcome.status), params.id, outcome.fault)
      return reply.redirect(`/console/editions/${params.id}`, 303)
    }
  )

  async function showAll(request: FastifyRequest, reply: FastifyReply, given: NewGiven, fault: string | undefined) {
    const { scope } = request
    const dated = (await listSessionTypes(deps.db, scope)).filter(({ plan }) => plan.anchor === 'edition')
    const types = await Promise.all(
      dated.map(async ({ id, slug, name }) => ({ slug, name, offerings: await listOfferings(deps.db, scope, id) }))
    )
    const editions = await listEditionsForStaff(deps, scope)
    const { zone } = scope.practice
    const frame = frameOf(request, settings)
    return personalPage(reply, <EditionsPage {...{ frame, editions, types, zone, given, fault }} />)
  }

  async function showOne(request: FastifyRequest, reply: FastifyReply, id: string, fault: string | undefined) {
    const roster = await readRoster(deps, request.scope, request.actor, id)
    const frame = frameOf(request, settings)
    const offered = await offeredAt(deps, request.scope, roster)
    return personalPage(
      reply,
      <EditionPage {...{ frame, roster, ...offered, zone: request.scope.practice.zone, fault }} />
    )
  }
}
