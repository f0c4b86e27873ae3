import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

type Serve = (request: IncomingMessage, response: ServerResponse) => void

/** A server of somebody else's on this machine, which ends with the test. What it answers can be changed meanwhile. */
export async function outsideServer(t: Test, first: Serve | string) {
  let serve = serving(first)
  const asked: { method: string; url: string; headers: IncomingMessage['headers'] }[] = []
  const server = createServer((request, response) => {
    asked.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers })
    serve(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
  })
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What was asked, the first first. */
    asked,
    answer(next: Serve | string) {
      serve = serving(next)
    }
  }
}

function serving(what: Serve | string): Serve {
  if (typeof what === 'function') return what
  return (_request, response) => response.setHeader('content-type', 'text/calendar').end(what)
}

/** A calendar of events, each by its own lines. */
export function calendar(...events: readonly (readonly string[])[]): string {
  const lines = events.flatMap((event, index) => [
    'BEGIN:VEVENT',
    ...(event.some(line => line.startsWith('UID')) ? [] : [`UID:${index}@elsewhere`]),
    'DTSTAMP:20270101T000000Z',
    'SUMMARY:A secret title',
    ...event,
    'END:VEVENT'
  ])
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//x//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n')
}
