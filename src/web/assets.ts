import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { FastifyPluginAsync } from 'fastify'

interface Asset {
  type: string
  bytes: Buffer
  /** A smaller form by content encoding (RFC 9110, 8.4), made when it is first asked for; none of fonts, which are compressed. */
  encoded(encoding: 'br' | 'gzip'): Buffer | undefined
  address: string
}

const own = (name: string) => new URL(`./assets/${name}`, import.meta.url)
const installed = createRequire(import.meta.url).resolve

/** The library's whole script for browsers: the one file of it that needs no other. */
const webauthnScript = join(dirname(installed('@simplewebauthn/browser')), '../dist/bundle/index.umd.min.js')

const smallest = {
  br: (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
  gzip: (bytes: Buffer) => gzipSync(bytes, { level: 9 })
}

/** The fonts first: the style sheet names their hashed addresses. */
const fonts = [
  make(
    'newsreader.woff2',
    'font/woff2',
    read(installed('@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2'))
  ),
  make('inter.woff2', 'font/woff2', read(installed('@fontsource-variable/inter/files/inter-latin-wght-normal.woff2')))
]
const style = fonts.reduce(
  (text, [name, { address }]) => text.replaceAll(`/assets/${name}`, address),
  read(own('style.css')).toString()
)

const assets = new Map<string, Asset>([
  ...fonts,
  make('style.css', 'text/css; charset=utf-8', Buffer.from(style)),
  make('app.js', 'text/javascript; charset=utf-8', read(own('app.js'))),
  make('passkey.js', 'text/javascript; charset=utf-8', read(own('passkey.js'))),
  make('webauthn.js', 'text/javascript; charset=utf-8', read(webauthnScript)),
  make('htmx.js', 'text/javascript; charset=utf-8', read(join(dirname(installed('htmx.org')), 'htmx.min.js'))),
  make('favicon.svg', 'image/svg+xml', read(own('favicon.svg')))
])

export type AssetName =
  | 'newsreader.woff2'
  | 'inter.woff2'
  | 'style.css'
  | 'app.js'
  | 'passkey.js'
  | 'webauthn.js'
  | 'htmx.js'
  | 'favicon.svg'

/** Where an asset is served. The address changes with the content, so browsers may keep it for good. */
export function asset(name: AssetName): string {
  const found = assets.get(name)
  if (!found) throw new TypeError(`There is no asset ${name}`)
  return found.address
}

/** Serves the assets from memory, each compressed once. */
export const assetRoutes: FastifyPluginAsync = async app => {
  for (const { address, type, bytes, encoded } of assets.values())
    app.get(address, { config: { may: 'read the catalogue' }, schema: { hide: true } }, async (request, reply) => {
      const accepted = request.headers['accept-encoding'] ?? ''
      const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : undefined
      const smaller = encoding && encoded(encoding)
      if (smaller) reply.header('content-encoding', encoding)
      return reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .header('vary', 'accept-encoding')
        .type(type)
        .send(smaller ?? bytes)
    })
}

function read(from: string | URL): Buffer {
  return readFileSync(from)
}

function make(name: string, type: string, bytes: Buffer): [string, Asset] {
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 10)
  const dot = name.lastIndexOf('.')
  const address = `/assets/${name.slice(0, dot)}.${hash}${name.slice(dot)}`
  const made: Partial<Record<'br' | 'gzip', Buffer>> = {}
  const encoded = (encoding: 'br' | 'gzip') => {
    if (!type.startsWith('font/')) made[encoding] ??= smallest[encoding](bytes)
    return made[encoding]
  }
  return [name, { type, bytes, encoded, address }]
}
