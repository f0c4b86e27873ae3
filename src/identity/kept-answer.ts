import type { FastifyReply } from 'fastify'
import type { Deps } from '../kernel/deps.ts'
import { cookieNames } from './cookies.ts'
import type { Answer } from './run-once.ts'

const keptHeaders = ['content-type', 'location', 'cache-control', 'etag', 'vary', 'x-robots-tag', 'www-authenticate']

/** Gives an answer again, marked as such. */
export function give(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status).headers(headers).header('idempotent-replayed', 'true')
  return body === null ? reply.send() : reply.send(Buffer.from(body, 'base64'))
}

/** @throws TypeError where it is a stream */
export function bytesOf(payload: unknown): string | null {
  if (payload === undefined || payload === null) return null
  if (typeof payload === 'string' || Buffer.isBuffer(payload)) return Buffer.from(payload).toString('base64')
  throw new TypeError('Only an answer that is whole can be kept')
}

/** Of cookies the booking's own alone, which are as much part of the answer as its body. */
export function headersOf(reply: FastifyReply, settings: Deps['settings']): Answer['headers'] {
  const kept = keptHeaders.flatMap(name => {
    const value = reply.getHeader(name)
    return value === undefined ? [] : [[name, String(value)] as const]
  })
  const cookies = [reply.getHeader('set-cookie') ?? []].flat().map(String)
  const own = cookies.filter(cookie => cookie.startsWith(cookieNames(settings).booking('')))
  return { ...Object.fromEntries(kept), ...(own.length > 0 && { 'set-cookie': own }) }
}
