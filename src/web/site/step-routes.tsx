import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { layStep } from '../../bookings/lay-step.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { notFound } from '../../kernel/problem.ts'
import { Instant, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { stepWindow } from '../step-window.ts'
import { ChangePage } from './change-booking.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid(), step: z.coerce.number().int().min(0).max(200) })
const config = { may: 'act on one’s own booking' } as const
const From = z.object({ from: LocalDate.optional().catch(undefined) })

/** A step that was left open gets its time: the free ones of its window, a week at a time, as buttons. */
export const stepPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/steps/:step', { config, schema: { hide: true, params, querystring: From } }, async (request, reply) =>
    personalPage(reply, await page(request, request.query.from))
  )

  app.post(
    '/b/:id/steps/:step',
    { config, schema: { hide: true, params, body: z.object({ start: Instant }) } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { step } = request.params
      const { id } = await actableBooking(deps, scope, actor, request.params.id)
      const laid = layStep(deps, scope, actor, id, { step, start: body.start })
      const fault = await laid.then(() => undefined, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
      return personalPage(reply.code(409), await page(request, undefined, fault))
    }
  )

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string; step: number } }

  async function page(request: Asked, asked: string | undefined, fault?: string) {
    const { scope, actor, params } = request
    const booking = await actableBooking(deps, scope, actor, params.id)
    const shown = await showBooking(deps, request, booking.id)
    const times = await stepWindow(deps, scope, actor, booking, params.step, shown.zone, asked)
    if (!times) throw notFound('This step has its time. It is on the page of your appointment')
    const frame = frameOf(request, deps.settings)
    return (
      <ChangePage frame={frame} booking={shown} about={null} heading="Choose a time" fault={fault}>
        <p>Choose a time that suits you. It is yours at once; nothing is to be paid again.</p>
        <MoveTimes frame={frame} action={`/b/${booking.id}/steps/${params.step}`} {...times} />
      </ChangePage>
    )
  }
}
