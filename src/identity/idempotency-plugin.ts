import { setTimeout } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { refusals } from '../kernel/wire.ts'
import { type Asked, IdempotencyKey, type Keyed, keyed, readKey, stillRunning } from './idempotency.ts'
import type { Run } from './idempotency-store.ts'
import { bytesOf, give, headersOf } from './kept-answer.ts'
import { beginRun, failRun, forgetRun, keepRun } from './run-once.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The id for what this request makes: the same for every run of a request under its Idempotency-Key. */
    readonly idToMake: string
  }
  interface FastifyContextConfig {
    /**
     * Whether it makes something that the same request, sent twice, may not make twice. A POST under /api does unless it
     * says false, and takes an Idempotency-Key; a page's form does where it says true, and carries `idempotencyField`.
     */
    makes?: boolean
  }
}

/** The name of the hidden field with a form's own random key. It is taken out of the body before the body is read. */
export const idempotencyField = 'idempotencyKey'

const header = 'idempotency-key'
/** A form that is sent twice by a double click waits for the first answer, because only the second is shown. */
const waits = { times: 50, ms: 200 }

/**
 * Gives a request that made something the same answer again, by its Idempotency-Key (as draft-ietf-httpapi-idempotency-key-header
 * describes it), and every request the id for what it makes. After identity, whose actor and practice it needs.
 */
export const idempotencyPlugin = fastifyPlugin<{ deps: Deps }>(
  async (app, { deps }) => {
    const asked = new WeakMap<FastifyRequest, Asked & { key: unknown }>()
    const runs = new WeakMap<FastifyRequest, Run>()
    const ids = new WeakMap<FastifyRequest, string>()

    app.decorateRequest('idToMake', {
      getter(this: FastifyRequest) {
        const run = runs.get(this)
        const id = ids.get(this) ?? run?.keyed.idFor(run.createdAt) ?? newId()
        ids.set(this, id)
        return id
      }
    })

    // Hung on the routes that make something: each hook costs every other request a turn.
    app.addHook('onRoute', route => {
      if (!makes(route)) return
      if (isApi(route.url)) describe(route)
      route.preValidation = [note, ...[route.preValidation ?? []].flat()]
      route.preHandler = [answerOrBegin, ...[route.preHandler ?? []].flat()]
      route.onSend = [keep, ...[route.onSend ?? []].flat()]
    })

    // Before it is checked, because the same words are meant and not what they are read as.
    async function note(request: FastifyRequest) {
      const key = isApi(request.routeOptions.url) ? request.headers[header] : takeField(request.body)
      const { method, url, body, ip: from } = request
      if (key !== undefined) asked.set(request, { key, method, url, body, from })
    }

    // After it is checked: a request that cannot be read makes nothing, and its key stays free.
    async function answerOrBegin(request: FastifyRequest, reply: FastifyReply) {
      const given = asked.get(request)
      if (!given) return
      const { scope, actor, routeOptions } = request
      const pointer = isApi(routeOptions.url) ? `/headers/${header}` : `/${idempotencyField}`
      const own = keyed(deps.secrets, scope, actor, readKey(given.key, pointer), given)
      const begun = await begin(request, own)
      if (begun === 'running') {
        reply.header('retry-after', '1')
        throw stillRunning('Ask again in a moment with the same key')
      }
      if ('answer' in begun) return give(reply, begun.answer)
      runs.set(request, begun.run)
    }

    async function keep(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
      const run = runs.get(request)
      if (!run) return
      // If the answer cannot be kept, the refusal that says so is not to be kept either.
      runs.delete(request)
      const { statusCode: status } = reply
      if (status >= 500) return failRun(deps, run)
      if (status === 429 || (status >= 400 && !isApi(request.routeOptions.url))) return forgetRun(deps, run)
      await keepRun(deps, run, { status, headers: headersOf(reply, deps.settings), body: bytesOf(payload) })
    }

    async function begin({ scope, routeOptions }: FastifyRequest, own: Keyed) {
      for (let time = 0; ; time += 1) {
        const begun = await beginRun(deps, scope, own)
        if (begun !== 'running' || isApi(routeOptions.url) || time === waits.times) return begun
        await setTimeout(waits.ms)
      }
    }
  },
  { name: 'idempotency', fastify: '5.x', dependencies: ['identity'] }
)

const isApi = (url = '') => url.startsWith('/api/')

function makes({ method, url, config }: Pick<RouteOptions, 'config'> & { method: unknown; url?: string | undefined }) {
  return [method].flat().includes('POST') && (config?.makes ?? isApi(url))
}

/** In OpenAPI, and checked with the rest of the request. */
function describe(route: RouteOptions): void {
  const { headers, response, ...schema } = route.schema ?? {}
  const key = IdempotencyKey.optional().meta({
    description: 'A random key of the caller’s, kept for 24 hours: the same request with it gets the same answer again'
  })
  route.schema = {
    ...schema,
    headers: z.looseObject({ ...(headers instanceof z.ZodObject && headers.shape), [header]: key }),
    response: { ...refusals(409, 422), ...(typeof response === 'object' && response) }
  }
}

function takeField(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || !(idempotencyField in body)) return undefined
  const key = body[idempotencyField]
  Reflect.deleteProperty(body, idempotencyField)
  return key
}
