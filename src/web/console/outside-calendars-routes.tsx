import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { addCalendar, tooManyCalendars } from '../../availability/outside/add-calendar.ts'
import { readCalendars, readConflicts, syncNow } from '../../availability/outside/read-calendars.ts'
import { removeCalendar } from '../../availability/outside/remove-calendar.ts'
import { OutsideCalendarRequest, view } from '../../availability/outside/schema.ts'
import { listDatesInConflict } from '../../bookings/obstacle-store.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Fault, invalidInput, Problem } from '../../kernel/problem.ts'
import { Slug } from '../../kernel/wire.ts'
import type { Faults } from '../components/fields.tsx'
import { frameOf, personalPage } from '../page.ts'
import { OutsideCalendarsPage, type OutsideCalendarsProps } from './outside-calendars.tsx'
import { meantTherapist } from './therapist.ts'

const Therapist = z.object({ therapist: Slug.optional() })
const Calendar = z.object({ calendar: z.uuid() })
const Form = Therapist.extend({
  url: z.string().max(3000).default(''),
  user: z.string().max(1000).default(''),
  password: z.string().max(1000).default('')
})
const may = 'keep calendars outside'

/** Calendars elsewhere that close a therapist's times. */
export const outsideCalendarPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get(
    '/console/outside-calendars',
    { config: { may }, schema: { hide: true, querystring: Therapist } },
    async (request, reply) => show(deps, request, reply, request.query.therapist)
  )

  app.post(
    '/console/outside-calendars',
    { config: { may, makes: true }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { scope, actor, body, idToMake } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      const { url, user, password } = body
      // A form sends what was left empty, too. Who gives a name or password means an account.
      const filled = { ...(user && { user }), ...(password && { password }) }
      const kind = user || password ? 'caldav' : 'ics'
      const wanted = OutsideCalendarRequest.safeParse({ kind, url, ...filled })
      const faults = wanted.success
        ? await addCalendar(deps, scope, actor, therapist.slug, wanted.data, idToMake).then(() => undefined, faultsOf)
        : Object.fromEntries(wanted.error.issues.map(({ path, message }) => [String(path[0]), message]))
      if (!faults) return reply.redirect(`/console/outside-calendars?therapist=${therapist.slug}`, 303)
      return show(deps, request, reply.code(422), therapist.slug, { given: { url, user }, faults })
    }
  )

  app.post(
    '/console/outside-calendars/:calendar/sync',
    { config: { may }, schema: { hide: true, params: Calendar, body: Therapist } },
    async (request, reply) => {
      const { scope, actor, body, params } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      await syncNow(deps, scope, actor, therapist.slug, params.calendar)
      return reply.redirect(`/console/outside-calendars?therapist=${therapist.slug}`, 303)
    }
  )

  app.post(
    '/console/outside-calendars/:calendar/removal',
    { config: { may }, schema: { hide: true, params: Calendar, body: Therapist } },
    async (request, reply) => {
      const { scope, actor, body, params } = request
      const therapist = await meantTherapist(deps, scope, actor, body.therapist)
      await removeCalendar(deps, scope, actor, therapist.slug, params.calendar)
      return reply.redirect(`/console/outside-calendars?therapist=${therapist.slug}`, 303)
    }
  )
}

async function show(
  deps: Deps,
  request: FastifyRequest,
  reply: FastifyReply,
  slug: string | undefined,
  form: Pick<OutsideCalendarsProps, 'given' | 'faults'> = { given: {}, faults: {} }
) {
  const { scope, actor } = request
  const therapist = await meantTherapist(deps, scope, actor, slug)
  const rows = await readCalendars(deps, scope, actor, therapist.slug)
  const shown = {
    therapist,
    isOwn: actor.kind === 'staff' && actor.person === therapist.personId,
    calendars: rows.map(row => ({ ...view(row), createdAt: row.createdAt })),
    conflicts: await readConflicts(deps, scope, actor, therapist.slug),
    dates: await listDatesInConflict(deps.db, scope, deps.now(), { therapist: therapist.slug })
  }
  return personalPage(reply, <OutsideCalendarsPage frame={frameOf(request, deps.settings)} {...shown} {...form} />)
}

/** What is not right with what was typed is told beside it; whatever else is thrown goes on. */
function faultsOf(error: unknown): Faults {
  if (error instanceof Problem && error.code === tooManyCalendars().code)
    return { url: `${error.title}. ${error.message}` }
  if (!(error instanceof Problem) || error.code !== invalidInput().code) throw error
  const named = (error.extensions.errors ?? []) as readonly Fault[]
  return Object.fromEntries(named.map(({ pointer, detail }) => [pointer.slice(1), detail]))
}
