import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { withoutRandom } from '../random.ts'
import { bodyOf } from './bodies.ts'
import type { Got } from './cells.ts'
import { factsIn, isOfBooking } from './marks.ts'
import type { Credentials } from './readers.ts'
import { addressOf, nameOf } from './requests.ts'
import type { World } from './world.ts'

const host = 'localhost:3000'
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
export type Method = (typeof methods)[number]

/** Sends one request of the matrix: to the API as a program does, to a page as a browser does. */
export async function ask(
  world: World,
  route: string,
  of: string,
  reader: string,
  { bearer, cookies = {}, real }: Credentials,
  method = methods.find(known => route.startsWith(`${known} `))
): Promise<LightMyRequestResponse> {
  const pattern = world.routes.find(known => nameOf(known) === route)?.split(' ')[1]
  if (!pattern || !method) throw new Error(`There is no route ${route}`)
  const body = bodyOf(route, world, of, reader)
  const options: InjectOptions = { method, url: addressOf(pattern, world, of) + queryOf(route, world, of) }
  // Whether it is ready to serve is of the installation, and nobody's.
  if (real && pattern !== '/readyz') world.house.deps.settings.sandbox = false
  const answer = await world.house.app.inject(
    pattern.startsWith('/api/')
      ? {
          ...options,
          headers: { host, ...(bearer && { authorization: `Bearer ${bearer}` }) },
          ...(body && { payload: body })
        }
      : { ...options, ...asBrowser(method, cookies, body) }
  )
  world.house.deps.settings.sandbox = true
  return answer
}

function asBrowser(method: Method, cookies: Record<string, string>, body: object | undefined): InjectOptions {
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    cookies,
    headers: { host, accept: 'text/html', 'sec-fetch-site': 'same-origin', ...(method === 'POST' && form) },
    ...(method === 'POST' && { payload: new URLSearchParams(Object.entries(body ?? {})).toString() })
  }
}

/** What has to be asked for by name. */
const queries: Readonly<Record<string, string>> = {
  'GET /api/session-types/:slug/slots': '?from=2027-02-08&to=2027-02-20&zone=America/New_York',
  'GET /api/therapists/:slug/outside-calendars/:id/busy': '?from=2027-02-08&to=2027-02-20',
  'GET /sessions/:slug/times': '?month=2027-02&day=2027-02-09',
  'GET /api/therapists/:slug/collisions': '?start=2027-02-09T14:00:00Z&end=2027-02-09T17:00:00Z',
  'GET /api/appointments/:id/later': '?start=2027-02-17T15:00:00Z',
  'GET /api/bookings/:id/pause': '?from=2027-02-17T15:00:00Z',
  'GET /api/bookings/:id/resumption': '?start=2027-02-17T15:00:00Z',
  'GET /console': '?week=2027-02-08',
  'GET /console/second-step/removal': '?step=totp'
}

/** Pages that say in their address which appointment they are about. */
const ofAppointment = new Set([
  'GET /b/:id/later',
  'GET /b/:id/skip',
  'GET /console/bookings/:id/skip',
  'GET /b/:id/call-off',
  'GET /console/bookings/:id/call-off'
])

function queryOf(route: string, world: World, of: string): string {
  if (!ofAppointment.has(route)) return queries[route] ?? ''
  const { appointment } = world.booked[isOfBooking(of) ? of : 'alone']
  return `?appointment=${appointment}${route.endsWith('later') ? '&start=2027-02-17T15:00:00Z' : ''}`
}

/** What somebody got: the status, where they are sent, and every fact that the answer shows anywhere. */
export function got(world: World, { statusCode, headers, body }: LightMyRequestResponse): Got {
  const { location } = headers
  const where = typeof location === 'string' && statusCode >= 300 ? ` ${placeIn(location)}` : ''
  return {
    said: `${statusCode}${where}`,
    facts: factsIn(`${JSON.stringify(headers)}\n${unescaped(body)}`, world.marks)
  }
}

/** What an answer says, without what differs each time: ids, and secrets of a page's form. */
export function sayable({ statusCode, headers, body }: LightMyRequestResponse): string {
  const [type, login] = [headers['content-type'], headers['www-authenticate']]
  return [statusCode, type, login, withoutRandom(body)].join(' ')
}

/** An address without what is one's own in it: `/b/…`. */
function placeIn(location: string): string {
  const { origin, pathname } = new URL(location, `http://${host}`)
  return origin === `http://${host}` ? pathname.replace(/\/[\w-]{22,}/g, '/…') : origin.replace('https://', '')
}

function unescaped(body: string): string {
  // A calendar folds its lines: RFC 5545, 3.1.
  return body
    .replace(/\r\n[ \t]/g, '')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}
