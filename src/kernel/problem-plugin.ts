import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { FastifySchemaValidationError } from 'fastify/types/schema.js'
import plugin from 'fastify-plugin'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { isAway } from './database.ts'
import { type Fault, invalid, notFound, Problem, problem } from './problem.ts'

/** How a refusal looks to somebody who reads pages. */
export type RenderProblem = (request: FastifyRequest, problem: Problem) => Promise<string> | string

const bug = problem('internal-error', 500, 'Something went wrong on our side')
const unavailable = problem('unavailable', 503, 'We cannot be reached just now')
const malformed = problem('malformed-request', 400, 'The request cannot be read')
const tooLong = problem('address-too-long', 414, 'The address is too long')
const tooLarge = problem('too-large', 413, 'The request is too large')
const wrongMediaType = problem('wrong-media-type', 415, 'This kind of content is not taken here')

/**
 * Turns whatever is thrown into one answer: a Problem as RFC 9457 for programs and as a page for people; a fault of the
 * input with every pointer named; anything else is a bug, logged whole and answered by a 500 that says nothing.
 */
export const problemPlugin = plugin<{ render: RenderProblem }>(async (app, { render }) => {
  app.setNotFoundHandler((request, reply) =>
    answer(request, reply, notFound('There is nothing at this address'), render)
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = problemOf(error)
    const { url: route } = request.routeOptions
    if (!known) request.log.error({ err: error, route }, 'A bug')
    else if ('told' in error) request.log.warn({ err: error, route }, 'An outside service failed')
    else if (isAway(error)) request.log.error({ err: error, route }, 'The database does not answer')
    return answer(request, reply, known ?? bug('The fault was written down. Please try again'), render)
  })
})

/** For addresses that the router itself cannot read: they come before every plugin, and are answered alike. */
export function answerUnreadable(render: RenderProblem) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    answer(request, reply, problemOf(error) ?? malformed('The address cannot be read'), render).catch(failure => {
      request.log.error({ err: failure }, 'A bug')
      reply.code(500).send()
    })
  }
}

function problemOf(error: FastifyError): Problem | undefined {
  if (error instanceof Problem) return error
  // The failure of an outside service, which brings what may be told of it.
  if ('told' in error && error.told instanceof Problem) return error.told
  if (isAway(error)) return unavailable('Nothing is lost. Try again in a moment', { retryAfter: 5 })
  if (hasZodFastifySchemaValidationErrors(error)) {
    if (error.validationContext === 'params') return notFound('There is nothing at this address')
    // Body and query are what a caller fills in: their pointers begin at themselves.
    const context = error.validationContext === 'headers' ? '/headers' : ''
    return invalid(error.validation.flatMap(fault => faultsOf(context, fault)))
  }
  if (error.statusCode === 414) return tooLong('An address has at most 4000 characters in one part')
  if (error.code === 'FST_ERR_BAD_URL') return malformed('The address is not well formed')
  if (error.statusCode === 413) return tooLarge('Send less at once')
  if (error.statusCode === 415) return wrongMediaType('Send application/json')
  if (error.statusCode && error.statusCode < 500) return malformed(error.message)
  return undefined
}

/** Fields that are not known are named one by one; the fault itself stands at what holds them. */
function faultsOf(context: string, { instancePath, message, params }: FastifySchemaValidationError): Fault[] {
  const holder = `${context}${instancePath === '/' ? '' : instancePath}`
  const keys = Array.isArray(params.keys) ? params.keys.map(String) : []
  return keys.length
    ? keys.map(key => ({
        pointer: `${holder}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        detail: message?.startsWith('Unrecognized key') === false ? message : 'There is no such field: leave it out'
      }))
    : [{ pointer: holder, detail: message ?? 'This is not right' }]
}

async function answer(request: FastifyRequest, reply: FastifyReply, known: Problem, render: RenderProblem) {
  const { code, status, title, message, extensions } = known
  reply.code(status).header('cache-control', 'no-store')
  if (status === 401) reply.header('www-authenticate', 'Bearer')
  // RFC 9110, 10.2.3: in seconds.
  if (typeof extensions.retryAfter === 'number') reply.header('retry-after', extensions.retryAfter)
  if (wantsPage(request))
    return reply
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(await render(request, known))
  const instance = request.routeOptions.url ?? 'unknown'
  const body = {
    ...extensions,
    type: `/problems/${code}`,
    title,
    status,
    detail: message,
    instance,
    requestId: request.id
  }
  return reply
    .type('application/problem+json; charset=utf-8')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(body)
}

/** People's browsers ask for HTML; programs that name JSON, or nothing, get JSON; under /api always. */
function wantsPage({ url, headers }: FastifyRequest): boolean {
  return !url.startsWith('/api/') && (headers.accept ?? '').includes('text/html')
}
