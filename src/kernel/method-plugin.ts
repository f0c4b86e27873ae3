import plugin from 'fastify-plugin'
import { knownPaths } from './known-paths.ts'
import { problem } from './problem.ts'

export const wrongMethod = problem('wrong-method', 405, 'This address does not take that')

/**
 * Refuses a method that a known address does not take, with those that it takes (RFC 9110, 15.5.6), before anything is
 * read of the body. Registered when it is known who asks, so that a page can say it, and before the routes.
 * @throws wrong-method with Allow
 */
export const methodPlugin = plugin(async app => {
  const known = knownPaths()
  app.addHook('onRoute', ({ url, method }) => known.add(url, [method].flat()))
  // With a callback: a promise would cost every request a turn.
  app.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done()
    const methods = known.methodsAt(request.url.split('?', 1)[0] ?? '')
    if (methods.length === 0 || methods.includes(request.method)) return done()
    const allow = methods.join(', ')
    reply.header('allow', allow)
    done(wrongMethod(`This address takes ${allow}`))
  })
})
