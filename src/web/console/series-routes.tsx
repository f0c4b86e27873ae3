import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { moveLater, quoteLater } from '../../bookings/move-later.ts'
import { pauseSeries, quotePause } from '../../bookings/pause-series.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import { notSkippable } from '../../bookings/skipping.ts'
import { notFound } from '../../kernel/problem.ts'
import { isoUtc, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { atOnce, LaterForm } from '../components/later-form.tsx'
import { MoveTimes } from '../components/move-times.tsx'
import { PauseForm } from '../components/pause-form.tsx'
import type { WebDeps } from '../deps.ts'
import { moveWindow } from '../move-window.ts'
import { personalPage } from '../page.ts'
import { Wanted, wishesOf } from '../wanted-times.ts'
import { type Shown, seriesPage } from './series-page.tsx'

const params = z.object({ id: z.uuid() })
const Which = z.object({ appointment: z.uuid() })
const From = z.object({ from: LocalDate.optional().catch(undefined) })
const LaterBody = Wanted.extend({ appointment: z.uuid(), agreed: z.literal('yes').optional() })
const config = { may: 'change clients’ bookings' } as const

/** Staff move one of several times with all later ones, or let all pause: first what it would mean, then the click. */
export const staffSeriesPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  const show = seriesPage(deps)

  app.get(
    '/console/bookings/:id/later',
    { config, schema: { hide: true, params, querystring: Which.extend(From.shape) } },
    async (request, reply) => {
      const { scope, actor, params, query } = request
      const { appointment } = query
      const booking = await actableAppointment(deps, scope, actor, appointment)
      if (booking.id !== params.id) throw notFound('There is no such appointment here')
      const page = await show(request, appointment)
      if (page.booking.series.length === 0) throw notSkippable('These times are no series: change all of them')
      const near = { id: appointment, start: page.booking.start }
      const { type: _, ...times } = await moveWindow(deps, scope, booking, scope.practice.zone, near, query.from)
      const action = `/console/bookings/${booking.id}/later`
      return personalPage(
        reply,
        page.with(
          <MoveTimes frame={page.frame} action={action} appointment={appointment} {...times}>
            <p>Choose the new time of this one. On the next page you see each of the later ones, free or not.</p>
          </MoveTimes>
        )
      )
    }
  )

  app.post(
    '/console/bookings/:id/later',
    { config, schema: { hide: true, params, body: LaterBody } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const { appointment, start } = body
      const booking = await actableAppointment(deps, scope, actor, appointment)
      if (booking.id !== params.id) throw notFound('There is no such appointment here')
      if (!body.go) return personalPage(reply, await laterPage(request, booking, body))
      const how = { wishes: wishesOf(body), agreed: body.agreed === 'yes' }
      const fault = await moveLater(deps, scope, actor, appointment, start, how).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/console/bookings/${booking.id}`, 303)
      return personalPage(reply.code(409), await laterPage(request, booking, body, fault))
    }
  )

  app.get(
    '/console/bookings/:id/pause',
    { config, schema: { hide: true, params, querystring: From } },
    async (request, reply) => personalPage(reply, await pausePage(request, request.query.from))
  )

  app.post(
    '/console/bookings/:id/pause',
    { config, schema: { hide: true, params, body: z.object({ from: LocalDate }) } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const { id } = await actableBooking(deps, scope, actor, params.id)
      const from = dayIn(body.from, scope.practice.zone)
      const fault = await pauseSeries(deps, scope, actor, id, from).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/console/bookings/${id}`, 303)
      return personalPage(reply.code(409), await pausePage(request, body.from, fault))
    }
  )

  async function laterPage(
    request: Shown,
    booking: Awaited<ReturnType<typeof actableBooking>>,
    { appointment, start }: { appointment: string; start: DateTime },
    fault?: string
  ) {
    const { scope } = request
    const rows = await quoteLater(deps, scope, booking, appointment, start)
    const page = await show(request, appointment, fault)
    const back = `/console/bookings/${booking.id}`
    const form = { rows, zone: scope.practice.zone, back, action: `${back}/later`, note: atOnce }
    return page.with(
      <>
        <h2>Move this and all later ones?</h2>
        <LaterForm
          frame={page.frame}
          hidden={{ appointment, start: isoUtc(start) }}
          button="Move all of them"
          {...form}
        >
          <p>
            <label>
              <input type="checkbox" name="agreed" value="yes" /> The client has agreed already: move them at once.
              Without this we ask by mail, keep these times until the answer, and all stay as they are until the client
              says yes.
            </label>
          </p>
        </LaterForm>
      </>
    )
  }

  async function pausePage(request: Shown, asked: string | undefined, fault?: string) {
    const { scope, actor, params } = request
    const { zone } = scope.practice
    const booking = await actableBooking(deps, scope, actor, params.id)
    const from = asked ?? deps.now().setZone(zone).plus({ days: 1 }).toFormat('yyyy-LL-dd')
    const appointments = await quotePause(deps, scope, booking, dayIn(from, zone))
    const page = await show(request, undefined, fault)
    const back = `/console/bookings/${booking.id}`
    return page.with(<PauseForm frame={page.frame} {...{ back, from, appointments, zone }} />)
  }
}

const dayIn = (date: string, zone: string) => DateTime.fromISO(date, { zone }).toUTC()
const none = () => undefined
