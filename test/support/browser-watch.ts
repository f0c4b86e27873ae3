import type { BrowserContext, Response } from 'playwright-core'

/** What went wrong in a browser, in sentences. */
export interface Troubles {
  found(): string[]
  /** Another origin that may be asked from now on: the card page, or where somebody leaves to. */
  allow(origin: string): void
}

/** Collects console errors, failed and refused requests, and requests to any other origin, on every page of a context. */
export function watch(context: BrowserContext, own: readonly string[]): Troubles {
  const allowed = new Set(own)
  const found: string[] = []
  const isOwn = (url: string) => /^(data|blob|about):/.test(url) || allowed.has(new URL(url).origin)
  context.on('request', request => {
    if (!isOwn(request.url())) found.push(`asks another origin: ${request.url()}`)
    // Of a redirect Chromium shows here what the first request would have said, and sends what its answer's policy says.
    const { referer = '' } = request.redirectedFrom() ? {} : request.headers()
    if (telling.test(referer)) found.push(`${request.url()} is told where it was asked from: ${referer}`)
  })
  context.on('requestfailed', request => {
    const reason = request.failure()?.errorText
    // A download, or a page that is left before everything of it is there, ends this way.
    if (reason !== 'net::ERR_ABORTED' && own.includes(new URL(request.url()).origin))
      found.push(`${reason} ${request.url()}`)
  })
  context.on('response', response => {
    if (response.status() >= 500) found.push(`${response.status()} ${response.url()}`)
    if (response.status() >= 400 && !isPage(response)) found.push(`${response.status()} ${response.url()}`)
  })
  context.on('console', message => {
    // Chromium also reports a refusal's own page; which those are is told by the response above.
    const isRefusedPage = /^Failed to load resource: the server responded with a status of 4/.test(message.text())
    if (message.type() === 'error' && !isRefusedPage) found.push(`console: ${message.text()}`)
  })
  context.on('weberror', error => {
    found.push(`script: ${error.error().message}`)
  })
  return {
    found: () => found,
    allow: origin => allowed.add(origin)
  }
}

/** A page of one person: no request names where it came from, neither to another site nor to our own log. */
const telling = /^[a-z]+:\/\/[^/]+\/(a|b|p|r|s|x|me|sign-in)\/[^?]|[\w-]{43}/

/** Navigated to, or a form that is shown again in its own place, with what is not right about it. */
const isPage = (response: Response) =>
  response.request().isNavigationRequest() ||
  (response.status() === 422 && /^text\/html/.test(response.headers()['content-type'] ?? ''))
