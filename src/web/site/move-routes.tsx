import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import type { DateTime } from 'luxon'
import { z } from 'zod'
import { answerMove } from '../../bookings/answer-move.ts'
import { findMoving, listMoves } from '../../bookings/list-moves.ts'
import { isLetFall } from '../../bookings/lock-appointment.ts'
import { makeUp } from '../../bookings/make-up.ts'
import { membersAt } from '../../bookings/members.ts'
import { moveAppointment } from '../../bookings/move-appointment.ts'
import { whoseOf } from '../../bookings/own-times.ts'
import { mustBeAhead } from '../../bookings/quote-cancellation.ts'
import { readBack } from '../../bookings/read-back.ts'
import { actableBooking } from '../../bookings/read-booking.ts'
import { actableAppointment } from '../../bookings/read-move.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { invalid } from '../../kernel/problem.ts'
import { Instant, isoUtc, LocalDate } from '../../kernel/time.ts'
import { changeFault } from '../change-fault.ts'
import { MoveTimes } from '../components/move-times.tsx'
import type { WebDeps } from '../deps.ts'
import { moveWindow } from '../move-window.ts'
import { frameOf, personalPage } from '../page.ts'
import { ChangePage } from './change-booking.tsx'
import { followTexts } from './follows.ts'
import { introText, MoveForm, needsOurYes } from './move-booking.tsx'
import { meantOf, whichOf } from './occurrences.tsx'
import { showBooking } from './show-booking.ts'

const params = z.object({ id: z.uuid() })
const config = { may: 'act on one’s own booking' } as const
/** Which of several appointments: the next one where nothing is said. */
const Which = z.object({ appointment: z.uuid().optional().catch(undefined) })
const From = Which.extend({ from: LocalDate.optional().catch(undefined) })
/** `back`: what was shown to come back once it is moved (minor units). Without it nothing is moved, and it is shown. */
const MoveBody = Which.extend({
  start: Instant,
  back: z.coerce.number().int().min(0).optional(),
  /** Said by who does not pay, and was shown no sum. */
  sure: z.literal('yes').optional()
})
const AnswerBody = z.object({ appointment: z.uuid(), answer: z.enum(['accept', 'decline']) })

/** Changing the time, for whoever has opened all of the booking: a time is chosen, then what it means is shown and done. */
export const movePages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get('/b/:id/move', { config, schema: { hide: true, params, querystring: From } }, async (request, reply) =>
    personalPage(reply, await timesPage(request, request.query))
  )

  app.post('/b/:id/move', { config, schema: { hide: true, params, body: MoveBody } }, async (request, reply) => {
    const { scope, actor, body } = request
    if (body.back === undefined && !body.sure) {
      const chosen = await chosenPage(request, body)
      if (chosen) return personalPage(reply, chosen)
      return personalPage(reply.code(409), await timesPage(request, body, gone))
    }
    const { id } = await actableBooking(deps, scope, actor, request.params.id)
    const { standing, ...shown } = await showBooking(deps, request, id)
    if (standing === 'booker' && body.back === undefined)
      throw invalid([{ pointer: '/back', detail: 'Choose the time again' }])
    const about = meantOf(shown, body.appointment)?.id ?? ''
    const moved = (await isLetFall(deps, scope, about))
      ? makeUp(deps, scope, actor, about, body.start)
      : moveAppointment(deps, scope, actor, about, body.start, { shown: body.back })
    const fault = await moved.then(none, changeFault)
    if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
    const again = (await chosenPage(request, body, fault)) ?? (await timesPage(request, body, fault))
    return personalPage(reply.code(409), again)
  })

  app.post(
    '/b/:id/move-answer',
    { config, schema: { hide: true, params, body: AnswerBody } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const { id } = await actableBooking(deps, scope, actor, request.params.id)
      await actableAppointment(deps, scope, actor, body.appointment)
      const accept = body.answer === 'accept'
      const fault = await answerMove(deps, scope, actor, body.appointment, accept).then(none, changeFault)
      if (fault === undefined) return reply.redirect(`/b/${id}`, 303)
      return personalPage(reply.code(409), await timesPage(request, body, fault))
    }
  )

  type Asked = Parameters<typeof showBooking>[1] & { params: { id: string } }

  /** The booking that is to be moved, as far as it can be. */
  async function load(request: Asked, wanted: string | undefined) {
    const booking = await actableBooking(deps, request.scope, request.actor, request.params.id)
    const shown = await showBooking(deps, request, booking.id)
    const first = meantOf(shown, wanted)
    // What makes up for a skipped one may come after its own time.
    mustBeAhead(booking, first?.makeable ? deps.now().plus(1) : first?.start, deps.now())
    if (!first) throw new Error('What is ahead has an appointment')
    const whose = await whoseOf(deps.db, request.scope, request.actor, booking)
    return { booking, shown, first, whose, frame: frameOf(request, deps.settings) }
  }

  async function timesPage(request: Asked, { from, appointment }: Wanted, fault?: string) {
    const { scope } = request
    const { booking, shown, first, whose, frame } = await load(request, appointment)
    const { type, ...window } = await moveWindow(deps, scope, booking, shown.zone, first, from, whose)
    const asks = needsOurYes(type, first, deps.now(), scope.practice.zone)
    return (
      <ChangePage frame={frame} booking={shown} about={first} heading="Change the time" fault={fault}>
        <p safe>{introText(shown.standing === 'member' || (await isForTwo(scope, booking.id, first.id)), asks)}</p>
        <MoveTimes frame={frame} action={`/b/${booking.id}/move`} appointment={whichOf(shown, first)} {...window} />
      </ChangePage>
    )
  }

  /** Two who both take part: the other is asked. */
  const isForTwo = async (scope: PracticeScope, booking: string, appointment: string) =>
    (await membersAt(deps.db, scope, booking, appointment)).length > 1

  /** What a chosen time means, before the click that moves; nothing where it is not free. */
  async function chosenPage(request: Asked, { start, appointment }: Wanted & { start: DateTime }, fault?: string) {
    const { booking, shown, first, whose, frame } = await load(request, appointment)
    const free = await listMoves(deps, request.scope, booking, first.id, start, start.plus(1), whose)
    if (!free.some(slot => slot.start === isoUtc(start)) || start.equals(first.start)) return undefined
    const movable = await findMoving(deps.db, request.scope, booking, first.id)
    const two = await isForTwo(request.scope, booking.id, first.id)
    const asks = two || needsOurYes(movable.type, first, deps.now(), request.scope.practice.zone)
    const back = await readBack(deps.db, request.scope, booking, deps.now(), { appointment: first.id, start })
    return (
      <ChangePage
        frame={frame}
        booking={shown}
        about={first}
        heading={asks ? 'Ask for this time?' : 'Move it to this time?'}
        fault={fault}
      >
        <MoveForm
          frame={frame}
          booking={shown}
          about={first}
          start={start}
          follows={await followTexts(deps, request, { booking, movable, zone: shown.zone }, start)}
          back={shown.standing === 'booker' ? back : undefined}
          asks={asks && (two ? 'the other' : 'us')}
        />
      </ChangePage>
    )
  }
}

/** Which appointment, and from which day times are shown. */
type Wanted = z.infer<typeof From>

const gone = 'That time is not free. Choose one of these:'
const none = () => undefined
