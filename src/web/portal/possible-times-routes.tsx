import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { DateTime } from 'luxon'
import { z } from 'zod'
import { readOwnTimes, saveOwnTimes } from '../../availability/own-times.ts'
import { OwnTimes } from '../../availability/own-times-schema.ts'
import { readPerson } from '../../identity/people.ts'
import { signedInPerson } from '../../identity/signed-in.ts'
import { Problem } from '../../kernel/problem.ts'
import type { WebDeps } from '../deps.ts'
import { frameOf, personalPage } from '../page.ts'
import { localValue, PossibleTimes } from './possible-times.tsx'

const Text = z.string().max(40)
const Many = z.union([Text, z.array(Text).max(60)]).optional()
const Form = z.object({ from: Many, to: Many, showBoth: Text.optional() })
const Query = z.object({ saved: z.string().optional() })

/** A person's own possible times. */
export const possibleTimesPages: FastifyPluginAsyncZod<{ deps: WebDeps }> = async (app, { deps }) => {
  app.get(
    '/me/possible-times',
    { config: { may: 'read one’s own things' }, schema: { hide: true, querystring: Query } },
    async (request, reply) => show(request, reply, { saved: request.query.saved !== undefined })
  )

  app.post(
    '/me/possible-times',
    { config: { may: 'change one’s own things' }, schema: { hide: true, body: Form } },
    async (request, reply) => {
      const { scope, actor, body } = request
      const zone = await zoneOf(request)
      const rows = rowsOf(body)
      const read = OwnTimes.safeParse({
        windows: rows.map(({ from, to }) => ({ start: instant(from, zone), end: instant(to, zone) })),
        showBoth: body.showBoth === 'yes'
      })
      const typed = { rows, showBoth: body.showBoth === 'yes' }
      if (!read.success)
        return show(request, reply.code(422), { ...typed, fault: 'Give each stretch of time a start and an end' })
      const alone = (await readOwnTimes(deps, scope, actor)).showBoth === undefined
      const wanted = alone ? { windows: read.data.windows } : read.data
      const saved = await saveOwnTimes(deps, scope, actor, wanted).catch(faultOf)
      if (saved !== undefined) return show(request, reply.code(422), { ...typed, fault: saved })
      return reply.redirect('/me/possible-times?saved=yes', 303)
    }
  )

  interface Shown {
    rows?: { from: string; to: string }[]
    showBoth?: boolean
    saved?: boolean
    fault?: string
  }

  async function show(request: FastifyRequest, reply: FastifyReply, { rows, showBoth, saved = false, fault }: Shown) {
    const own = await readOwnTimes(deps, request.scope, request.actor)
    const zone = await zoneOf(request)
    const known = own.windows.map(({ start, end }) => ({ from: localValue(start, zone), to: localValue(end, zone) }))
    const both = own.showBoth === undefined ? undefined : (showBoth ?? own.showBoth)
    const shown = { zone, rows: rows ?? known, showBoth: both, saved, fault }
    return personalPage(reply, <PossibleTimes frame={frameOf(request, deps.settings)} {...shown} />)
  }

  async function zoneOf({ scope, actor }: FastifyRequest): Promise<string> {
    return (await readPerson(deps, deps.db, scope, signedInPerson(actor).person)).zone
  }
}

/** The rows in which something stands. */
function rowsOf({ from, to }: z.infer<typeof Form>): { from: string; to: string }[] {
  const [starts, ends] = [[from ?? []].flat(), [to ?? []].flat()]
  return starts.map((start, index) => ({ from: start, to: ends[index] ?? '' })).filter(row => row.from || row.to)
}

function instant(local: string, zone: string): string {
  return DateTime.fromISO(local, { zone }).toISO() ?? ''
}

/** What is not right with the stretches, in one sentence; whatever else is thrown goes on. */
function faultOf(error: unknown): string {
  if (!(error instanceof Problem) || error.code !== 'invalid-input') throw error
  const { errors } = z.object({ errors: z.array(z.object({ detail: z.string() })) }).parse(error.extensions)
  return errors[0]?.detail ?? error.title
}
