import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { DateTime } from 'luxon'
import { z } from 'zod'
import { quoteResume, resumeSeries } from '../../bookings/pause-series.ts'
import { pausedOf } from '../../bookings/paused.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { notFound } from '../../kernel/problem.ts'
import { isoUtc, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { atOnce, LaterForm } from '../components/later-form.tsx'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { moveWindow } from '../move-window.ts'
import { personalPage } from '../page.ts'
import { Wanted, wishesOf } from '../wanted-times.ts'
import { type Shown, seriesPage } from './series-page.tsx'

const params = z.object({ id: z.uuid() })
const From = z.object({ from: LocalDate.optional().catch(undefined) })
const config = { may: 'change clients’ bookings' } as const

/** Staff let a series go on: a first time is chosen, then each of them is shown, and all are laid or none. */
export const staffResumePages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const show = seriesPage(deps)

  app.get(
    '/console/bookings/:id/resume',
    { config, schema: { hide: true, params, querystring: From } },
    async (request, reply) => {
      const { scope, actor, params, query } = request
      const booking = await actableBooking(deps, scope, actor, params.id)
      const [first] = await pausedOf(deps.db, scope, booking)
      if (!first) throw notFound('It does not pause')
      const near = { id: first.id, start: deps.now().plus({ days: 3 }) }
      const { type: _, ...times } = await moveWindow(deps, scope, booking, scope.practice.zone, near, query.from)
      const page = await show(request, first.id)
      return personalPage(
        reply,
        page.with(
          <MoveTimes frame={page.frame} action={`/console/bookings/${booking.id}/resume`} {...times}>
            <p>Choose the first time. On the next page you see each of them, free or not.</p>
          </MoveTimes>
        )
      )
    }
  )

  app.post(
    '/console/bookings/:id/resume',
    { config, schema: { hide: true, params, body: Wanted } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const { id } = await actableBooking(deps, scope, actor, params.id)
      if (!body.go) return personalPage(reply, await resumePage(request, body.start))
      const fault = await resumeSeries(deps, scope, actor, id, body.start, wishesOf(body)).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/console/bookings/${id}`, 303)
      return personalPage(reply.code(409), await resumePage(request, body.start, fault))
    }
  )

  async function resumePage(request: Shown, start: DateTime, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableBooking(deps, scope, actor, params.id)
    const rows = await quoteResume(deps, scope, booking, start)
    const page = await show(request, rows[0]?.id, fault)
    const back = `/console/bookings/${booking.id}`
    const form = { rows, zone: scope.practice.zone, back, action: `${back}/resume`, note: atOnce, button: 'Go on' }
    return page.with(<LaterForm frame={page.frame} hidden={{ start: isoUtc(start) }} {...form} />)
  }
}

const none = () => undefined
