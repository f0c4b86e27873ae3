import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { FastifyInstance } from 'fastify'

/** A method and a pattern, as the application registered them: `GET /b/:id`. */
export type RouteName = string

const channel = 'fastify.initialization'

/**
 * What `make` builds, and every route of every Fastify application that it built: told by the framework itself at the
 * moment it is registered, so that no list of ours can leave one out.
 */
export async function withRoutes<T>(make: () => Promise<T>): Promise<{ made: T; routes: RouteName[] }> {
  const routes = new Set<RouteName>()
  const listen = (message: unknown) => {
    appIn(message).addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) routes.add(`${one} ${url}`)
    })
  }
  subscribe(channel, listen)
  try {
    return { made: await make(), routes: [...routes].sort() }
  } finally {
    unsubscribe(channel, listen)
  }
}

/** https://fastify.dev/docs/latest/Reference/Hooks/#diagnostics-channel-hooks */
function appIn(message: unknown): FastifyInstance {
  if (typeof message !== 'object' || message === null || !('fastify' in message))
    throw new Error('Fastify told of an application in a way that is not known here')
  return message.fastify as FastifyInstance
}
