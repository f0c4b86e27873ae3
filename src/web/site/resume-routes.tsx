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
import { frameOf, personalPage } from '../page.ts'
import { Wanted, wishesOf } from '../wanted-times.ts'
import { ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
const From = z.object({ from: LocalDate.optional().catch(undefined) })

/** Going on after a pause: a first time is chosen, then each of them is shown, and all are laid or none. */
export const resumePages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/resume', { config, schema: { hide: true, params, querystring: From } }, async (request, reply) =>
    personalPage(reply, await timesPage(request, request.query.from))
  )

  app.post('/b/:id/resume', { config, schema: { hide: true, params, body: Wanted } }, async (request, reply) => {
    const { scope, actor, body } = request
    const { id } = await actableBooking(deps, scope, actor, request.params.id)
    if (!body.go) return personalPage(reply, await resumePage(request, body.start))
    const fault = await resumeSeries(deps, scope, actor, id, body.start, wishesOf(body)).then(none, changeFault)
    if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
    return personalPage(reply.code(409), await resumePage(request, body.start, fault))
  })

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string } }

  async function timesPage(request: Asked, from: string | undefined) {
    const { scope, actor } = request
    const booking = await actableBooking(deps, scope, actor, request.params.id)
    const [first] = await pausedOf(deps.db, scope, booking)
    if (!first) throw notFound('It does not pause')
    const shown = await showBooking(deps, request, booking.id)
    const near = { id: first.id, start: deps.now().plus({ days: 3 }) }
    const { type: _, ...window } = await moveWindow(deps, scope, booking, shown.zone, near, from)
    const frame = frameOf(request, deps.settings)
    return (
      <ChangePage frame={frame} booking={{ ...shown, appointments: [] }} heading="Go on">
        <p>Choose the first time. On the next page you see each of them, free or not.</p>
        <MoveTimes frame={frame} action={`/b/${booking.id}/resume`} {...window} />
      </ChangePage>
    )
  }

  async function resumePage(request: Asked, start: DateTime, fault?: string) {
    const { scope, actor } = request
    const booking = await actableBooking(deps, scope, actor, request.params.id)
    const rows = await quoteResume(deps, scope, booking, start)
    const shown = await showBooking(deps, request, booking.id)
    const frame = frameOf(request, deps.settings)
    const form = {
      rows,
      zone: shown.zone,
      note: atOnce,
      button: 'Go on',
      back: `/b/${booking.id}`,
      action: `/b/${booking.id}/resume`
    }
    return (
      <ChangePage frame={frame} booking={{ ...shown, appointments: [] }} heading="Go on from then?" fault={fault}>
        <LaterForm frame={frame} hidden={{ start: isoUtc(start) }} {...form} />
      </ChangePage>
    )
  }
}

const none = () => undefined
