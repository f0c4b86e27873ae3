import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { approve } from '../../bookings/approve.ts'
import { callsFirst } from '../../bookings/calls.ts'
import { Problem } from '../../kernel/problem.ts'
import { changeFault } from '../change-fault.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { StaffBookingPage } from './booking.tsx'
import { showStaffBooking } from './show-staff-booking.ts'

const Answer = z.object({ answer: z.enum(['accept', 'spoken', 'decline']) })

/** The practice's yes or no to a request. Where it cannot be given, the booking's page says why, and what is missing. */
export const approvalPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.post(
    '/console/bookings/:id/approval',
    { config: { may: 'approve bookings' }, schema: { hide: true, params: z.object({ id: z.uuid() }), body: Answer } },
    async (request, reply) => {
      const { scope, actor, params, body } = request
      const said = {
        approved: body.answer !== 'decline',
        ...(body.answer === 'spoken' && { spokenWithEach: true as const })
      }
      const answered = approve(deps, scope, actor, params.id, said)
      const fault = await answered.then(() => undefined, faultOf)
      if (fault === undefined) return reply.redirect('/console', 303)
      const booking = await showStaffBooking(deps, scope, actor, params.id)
      const frame = frameOf(request, deps.settings)
      return personalPage(
        reply.code(409),
        <StaffBookingPage frame={frame} booking={booking} zone={scope.practice.zone} fault={fault} />
      )
    }
  )
}

function faultOf(error: unknown): string {
  if (error instanceof Problem && error.code === callsFirst().code) return `${error.title}. ${error.message}.`
  return changeFault(error)
}
