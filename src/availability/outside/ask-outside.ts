import { request as askHttp, type IncomingMessage } from 'node:http'
import { request as askHttps } from 'node:https'
import { pipeline } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { mustBePublic, publicLookup } from './public-address.ts'
import { Unreadable } from './unreadable.ts'

export interface Asked {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body?: string | undefined
  /** Answer a redirect as it is, instead of following it. */
  manual?: boolean
}

export interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
  /** Where it came from in the end. */
  url: string
}

/** One question to an address outside and its answer. @throws Unreadable */
export type Ask = (asked: Asked) => Promise<Answer>

const mostBytes = 5 * 1024 * 1024
const mostSeconds = 10
const mostRedirects = 5
/** Outlook and others refuse what they do not know for a browser. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
/** What proves who asks: it goes to no other origin than the one that was typed in. */
const secrets = ['authorization', 'cookie']

/**
 * Asks an address outside: http or https, public addresses only, looked at again after each redirect, at most 5 MB in
 * at most 10 s.
 * @param loopback whether this machine may be asked, too
 * @throws Unreadable
 */
export async function askOutside(asked: Asked, loopback: boolean): Promise<Answer> {
  const signal = AbortSignal.timeout(mostSeconds * 1000)
  try {
    return await follow(asked, loopback, signal)
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable(signal.aborted ? 'too-slow' : 'unreachable')
  }
}

async function follow(asked: Asked, loopback: boolean, signal: AbortSignal): Promise<Answer> {
  let next = asked
  for (let turns = 0; turns <= mostRedirects; turns += 1) {
    const answer = await ask(next, loopback, signal)
    const { location } = answer.headers
    if (asked.manual || ![301, 302, 303, 307, 308].includes(answer.status) || !location) return answer
    const url = new URL(location, next.url)
    const isSame = url.origin === new URL(next.url).origin
    const headers = Object.entries(next.headers).filter(([name]) => isSame || !secrets.includes(name.toLowerCase()))
    next = { ...next, url: url.href, headers: Object.fromEntries(headers) }
  }
  throw new Unreadable('unavailable')
}

async function ask({ method, url, headers, body }: Asked, loopback: boolean, signal: AbortSignal): Promise<Answer> {
  const address = new URL(url)
  if (address.protocol !== 'https:' && address.protocol !== 'http:') throw new Unreadable('not-public')
  mustBePublic(address, loopback)
  const send = address.protocol === 'https:' ? askHttps : askHttp
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = send(address, {
    method,
    headers: { 'user-agent': userAgent, 'accept-encoding': 'gzip', ...headers },
    lookup: publicLookup(loopback),
    agent: false,
    signal
  })
  request.on('response', resolve).on('error', reject).end(body)
  const response = await promise
  // One that still sends when enough has come is cut off.
  const read = await buffer(decoded(response)).finally(() => request.destroy())
  const kept = Object.entries(response.headers).map(([name, value]) => [name, String(value ?? '')])
  return { status: response.statusCode ?? 0, headers: Object.fromEntries(kept), body: read, url }
}

/** The body as it is meant, counted as it comes: a small answer may unfold to a very large one. */
async function* decoded(response: IncomingMessage): AsyncGenerator<Buffer> {
  if (Number(response.headers['content-length']) > mostBytes) throw new Unreadable('too-large')
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  const decoder = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }[
    encoding
  ]
  if (!decoder && encoding !== 'identity' && encoding !== '') throw new Unreadable('unavailable')
  // What goes wrong in either is thrown to whoever reads the last.
  const stream = decoder ? pipeline(response, decoder(), () => {}) : response
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Unreadable('too-large')
    yield chunk
  }
}
