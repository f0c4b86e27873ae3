import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { problem } from '../kernel/problem.ts'

const notFromHere = problem('not-from-here', 403, 'This is shown on the machine itself only')

/** Caught mails hold codes and links: whatever HOST listens on, they are shown to nobody but this machine. */
export async function onlyFromHere({ socket }: FastifyRequest): Promise<void> {
  if (!isLoopback(socket.remoteAddress ?? '')) throw notFromHere('Open it on the machine where Tandem runs')
}

function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address)
}

/** A stand-in's pages and calls, for this machine alone. */
export function fromHere(plugin: FastifyPluginAsync): FastifyPluginAsync {
  return async app => {
    app.addHook('onRequest', onlyFromHere)
    await app.register(plugin)
  }
}
