import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { isFresh, signInAnew } from '../../identity/fresh-sign-in.ts'
import { signedInPerson } from '../../identity/signed-in.ts'
import type { Deps } from '../../kernel/deps.ts'
import { Problem } from '../../kernel/problem.ts'
import { exportOwn } from '../../records/export-own.ts'
import { fileHeaders, type OwnRecord, written } from '../../records/export-schema.ts'
import { frameOf, personal, personalPage } from '../page.ts'
import { OwnData } from './own-data.tsx'

const may = 'read one’s own things' as const

/** What the practice holds about whoever is signed in, as a file. */
export const ownDataPages: FastifyPluginAsyncZod<{ deps: Deps }> = async (app, { deps }) => {
  app.get('/me/data', { config: { may }, schema: { hide: true } }, async (request, reply) => {
    const fresh = await isFresh(deps, request.scope, signedInPerson(request.actor).session)
    return show(request, reply, fresh)
  })

  app.post('/me/data', { config: { may, limit: 'answers' }, schema: { hide: true } }, async (request, reply) => {
    const record = await exportOwn(deps, request.scope, request.actor).catch(notFresh)
    if (!record) return show(request, reply.code(403), false)
    return reply
      .headers({ ...personal, ...fileHeaders })
      .type('application/json; charset=utf-8')
      .send(written(record))
  })

  function show(request: FastifyRequest, reply: FastifyReply, fresh: boolean) {
    return personalPage(reply, <OwnData frame={frameOf(request, deps.settings)} fresh={fresh} />)
  }
}

/** The ten minutes were over when the button was pressed: the page says what to do. Whatever else is thrown goes on. */
function notFresh(error: unknown): OwnRecord | undefined {
  if (error instanceof Problem && error.code === signInAnew().code) return undefined
  throw error
}
