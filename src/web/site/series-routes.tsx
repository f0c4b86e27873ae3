import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { moveLater, quoteLater } from '../../bookings/move-later.ts'
import { pauseSeries, quotePause, quoteResume, resumeSeries } from '../../bookings/pause-series.ts'
import { pausedOf } from '../../bookings/paused.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { notFound } from '../../kernel/problem.ts'
import { Instant, isoUtc, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { moveWindow } from '../move-window.ts'
import { frameOf, personalPage } from '../page.ts'
import { ChangePage } from './change-booking.tsx'
import { LaterForm } from './later.tsx'
import { PauseForm } from './pause.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
const From = z.object({ from: LocalDate.optional().catch(undefined) })
const Later = z.object({ appointment: z.uuid(), start: Instant })
/** `o0`, `o1` …: where single ones are wanted instead. Without `go` it is only shown. */
const Wanted = z.object({ start: Instant, go: z.literal('yes').optional() }).catchall(z.string().max(60))

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

  async function own(request: Asked, appointment: string) {
    const booking = await actableAppointment(deps, request.scope, request.actor, appointment)
    if (booking.id !== request.params.id) throw notFound('There is no such appointment here')
    return booking
  }

  async function laterPage(request: Asked, { appointment, start }: z.output<typeof Later>, fault?: string) {
    const booking = await own(request, appointment)
    const rows = await quoteLater(deps, request.scope, booking, appointment, start)
    const shown = await showBooking(deps, request, booking.id)
    const about = shown.appointments.find(({ id }) => id === appointment)
    const frame = frameOf(request, deps.settings)
    const form = {
      rows,
      zone: shown.zone,
      button: 'Move all of them',
      back: `/b/${booking.id}`,
      action: `/b/${booking.id}/later`
    }
    return (
      <ChangePage
        frame={frame}
        booking={shown}
        heading="Move this and all later ones?"
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
    const form = { id: booking.id, from, appointments, zone: shown.zone }
    return (
      <ChangePage frame={frame} booking={{ ...shown, appointments: [] }} heading="A pause" fault={fault}>
        <PauseForm frame={frame} {...form} />
      </ChangePage>
    )
  }

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

/** Where single ones are wanted instead, by their place in the list. */
function wishesOf(body: Record<string, unknown>): (DateTime | undefined)[] {
  return Array.from({ length: 104 }, (_, index) => {
    const wish = body[`o${index}`]
    const start = typeof wish === 'string' ? DateTime.fromISO(wish, { zone: 'utc' }) : undefined
    return start?.isValid ? start : undefined
  })
}

const dayIn = (date: string, zone: string) => DateTime.fromISO(date, { zone }).toUTC()
const none = () => undefined
