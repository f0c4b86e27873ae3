import ICAL from 'ical.js'
import type { Test } from 'tap'
import { open } from './open.ts'

/** The demo practice with the addresses of its calendars. */
export async function openFeeds(t: Test, options: Parameters<typeof open>[1] = {}) {
  const house = await open(t, options)
  // The demo's own dates stand in the therapist's calendar as soon as they are open.
  await house.client`update editions set state = 'draft'`
  const { app, request } = house
  const staff = await house.signIn()

  const made = async (url: string, token: string, body?: object): Promise<Address> =>
    (await request('POST', url, body, token)).json()

  return {
    ...house,
    staff,
    ofTherapist: (body?: object) => made('/api/therapists/jessica/feeds', staff, body),
    ofBooker: (token: string) => made('/api/me/feeds', token),
    /** Fetches a calendar as an app does. */
    fetch: (address: Pick<Address, 'url'>, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') =>
      app.inject({ method, url: new URL(address.url).pathname, headers: { host: 'localhost:3000', ...headers } })
  }
}

export interface Address {
  id: string
  url: string
  webcal: string
}

/** The entries of a calendar, as another program reads them. */
export function entriesOf(text: string): Record<string, string>[] {
  return new ICAL.Component(ICAL.parse(text))
    .getAllSubcomponents('vevent')
    .map(entry =>
      Object.fromEntries(entry.getAllProperties().map(property => [property.name, String(property.getFirstValue())]))
    )
}

/** RFC 5545, 3.1: octets, not characters; a fold that cuts a UTF-8 sequence would not decode on its own line. */
export function faultOf(text: string): string | undefined {
  if (!text.endsWith('END:VCALENDAR\r\n')) return 'the end is not END:VCALENDAR and CRLF'
  for (const line of text.slice(0, -2).split('\r\n')) {
    if (/[\r\n]/.test(line)) return `a line break that is not CRLF: ${JSON.stringify(line)}`
    if (/\p{Cc}/u.test(line)) return `a control character: ${JSON.stringify(line)}`
    if (Buffer.byteLength(line) > 75) return `more than 75 octets: ${line}`
    if (!line.isWellFormed()) return `half a character: ${JSON.stringify(line)}`
  }
  return undefined
}
