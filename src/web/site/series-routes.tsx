import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { asksFor, moveLater, quoteLater } from '../../bookings/move-later.ts'
import { pauseSeries, quotePause } from '../../bookings/pause-series.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { notFound } from '../../kernel/problem.ts'
import { Instant, isoUtc, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { atOnce, LaterForm } from '../components/later-form.tsx'
import { PauseForm } from '../components/pause-form.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { Wanted, wishesOf } from '../wanted-times.ts'
import { ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
const From = z.object({ from: LocalDate.optional().catch(undefined) })
const Later = z.object({ appointment: z.uuid(), start: Instant })

/** Changing several times of a series at once, for whoever has opened all of the booking. */
export const seriesPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/later', { config, schema: { hide: true, params, querystring: Later } }, async (request, reply) =>
    personalPage(reply, await laterPage(request, request.query))
  )

  app.post(
    '/b/:id/later',
    { config, schema: { hide: true, params, body: Wanted.extend({ appointment: z.uuid() }) } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { appointment, start } = body
      await own(request, appointment)
      const done = moveLater(deps, scope, actor, appointment, start, { wishes: wishesOf(body) })
      const fault = await done.then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${request.params.id}`, 303)
      return personalPage(reply.code(409), await laterPage(request, { appointment, start }, fault))
    }
  )

  app.get('/b/:id/pause', { config, schema: { hide: true, params, querystring: From } }, async (request, reply) =>
    personalPage(reply, await pausePage(request, request.query.from))
  )

  app.post(
    '/b/:id/pause',
    { config, schema: { hide: true, params, body: z.object({ from: LocalDate }) } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { id } = await actableBooking(deps, scope, actor, request.params.id)
      const { zone } = await showBooking(deps, request, id)
      const fault = await pauseSeries(deps, scope, actor, id, dayIn(body.from, zone)).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
      return personalPage(reply.code(409), await pausePage(request, body.from, fault))
    }
  )

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string } }

  async function own(request: Asked, appointment: string) {
    const booking = await actableAppointment(deps, request.scope, request.actor, appointment)
    if (booking.id !== request.params.id) throw notFound('There is no such appointment here')
    return booking
  }

  async function laterPage(request: Asked, { appointment, start }: z.output<typeof Later>, fault?: string) {
    const booking = await own(request, appointment)
    const rows = await quoteLater(deps, request.scope, booking, appointment, start)
    const shown = await showBooking(deps, request, booking.id)
    const asks = await asksFor(deps, request.scope, booking, appointment)
    const about = shown.appointments.find(({ id }) => id === appointment)
    const frame = frameOf(request, deps.settings)
    const form = {
      rows,
      zone: shown.zone,
      note: asks ? kept : atOnce,
      button: asks ? 'Ask for these times' : 'Move all of them',
      back: `/b/${booking.id}`,
      action: `/b/${booking.id}/later`
    }
    return (
      <ChangePage
        frame={frame}
        booking={shown}
        heading={asks ? 'Ask for these times?' : 'Move this and all later ones?'}
        fault={fault}
        {...(about && { about })}
      >
        <LaterForm frame={frame} hidden={{ appointment, start: isoUtc(start) }} {...form} />
      </ChangePage>
    )
  }

  async function pausePage(request: Asked, asked: string | undefined, fault?: string) {
    const { scope, actor } = request
    const booking = await actableBooking(deps, scope, actor, request.params.id)
    const shown = await showBooking(deps, request, booking.id)
    const from = asked ?? deps.now().setZone(shown.zone).plus({ days: 1 }).toFormat('yyyy-LL-dd')
    const appointments = await quotePause(deps, scope, booking, dayIn(from, shown.zone))
    const frame = frameOf(request, deps.settings)
    const form = { back: `/b/${booking.id}`, from, appointments, zone: shown.zone }
    return (
      <ChangePage frame={frame} booking={{ ...shown, appointments: [] }} heading="A pause" fault={fault}>
        <PauseForm frame={frame} {...form} />
      </ChangePage>
    )
  }
}

const dayIn = (date: string, zone: string) => DateTime.fromISO(date, { zone }).toUTC()
const kept =
  'Until everybody has said yes, all of them stay as they are, and these times are kept. All of them change, or none.'
const none = () => undefined
