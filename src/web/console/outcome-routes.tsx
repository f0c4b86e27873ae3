import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { attendances } from '../../../db/schema/appointments.ts'
import { attend } from '../../bookings/attend.ts'
import { decideFee } from '../../bookings/decide-fee.ts'
import type { WebDeps } from '../deps.ts'

const params = z.object({ id: z.uuid() })
const AttendanceBody = z.object({ appointment: z.uuid(), person: z.uuid(), attendance: z.enum(attendances) })
const FeeBody = z.object({ keep: z.enum(['yes', 'no']) })

/** What came of an appointment, as staff put it down: who was there, and whether a late fee of two is kept. */
export const outcomePages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.post(
    '/console/bookings/:id/attendance',
    { config: { may: 'record attendance' }, schema: { hide: true, params, body: AttendanceBody } },
    async ({ scope, actor, body }, reply) => {
      const { appointment, person, attendance } = body
      const booking = await attend(deps, scope, actor, appointment, [{ person, attendance }])
      return reply.redirect(`/console/bookings/${booking}`, 303)
    }
  )

  app.post(
    '/console/bookings/:id/fee-decision',
    { config: { may: 'decide on fees' }, schema: { hide: true, params, body: FeeBody } },
    async ({ scope, actor, params, body }, reply) => {
      await decideFee(deps, scope, actor, params.id, { keep: body.keep === 'yes' })
      return reply.redirect(`/console/bookings/${params.id}`, 303)
    }
  )
}
