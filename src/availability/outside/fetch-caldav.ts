import { calendarQuery, createAccount, DAVNamespaceShort, type DAVResponse, fetchCalendars, propfind } from 'tsdav'
import type { Access } from './access.ts'
import type { Answer, Ask } from './ask-outside.ts'
import { authorization, mustBeFine } from './fetch-text.ts'
import type { Window } from './series.ts'
import { Unreadable } from './unreadable.ts'

const mostCalendars = 20

/**
 * Every object of a CalDAV calendar that may touch the window, whole and not expanded (RFC 4791, 7.8): one calendar
 * where the address is one, else all of the account that hold events.
 * @throws Unreadable
 */
export async function fetchCaldav(access: Access, window: Window, ask: Ask): Promise<string[]> {
  const asking = guarded(access, ask)
  try {
    const urls = await calendarsAt(access, asking)
    const texts = await Promise.all(urls.map(url => objectsIn(url, window, asking)))
    return texts.flat()
  } catch (error) {
    // tsdav's own errors hold what a server wrote, and pass over what failed before.
    throw error instanceof Unreadable ? error : (asking.failed() ?? new Unreadable('no-calendar'))
  }
}

interface Asking {
  headers: Record<string, string>
  fetch: typeof fetch
  /** The first thing that went wrong, where something did. */
  failed(): Unreadable | undefined
}

/** What tsdav asks with: our own way out, and nobody but the origin that was typed in. */
function guarded(access: Access, ask: Ask): Asking {
  const { origin } = new URL(access.url)
  let failure: Unreadable | undefined
  const note = (error: unknown): never => {
    if (error instanceof Unreadable) failure ??= error
    throw error
  }
  const asked = async (input: string, init: RequestInit = {}): Promise<Response> => {
    if (new URL(input).origin !== origin) throw new Unreadable('elsewhere')
    const { method = 'GET', body, redirect } = init
    const headers: Record<string, string> = {}
    new Headers(init.headers).forEach((value, name) => {
      headers[name] = value
    })
    const manual = redirect === 'manual'
    const answer = await ask({ method, url: input, headers, body: body ? String(body) : undefined, manual })
    if (answer.status === 401 || answer.status === 403) mustBeFine(answer.status)
    return responseOf(answer)
  }
  return {
    headers: { ...authorization(access) },
    fetch: ((input: string | URL | Request, init?: RequestInit) =>
      asked(input instanceof Request ? input.url : String(input), init).catch(note)) as typeof fetch,
    failed: () => failure
  }
}

function responseOf({ status, headers, body, url }: Answer): Response {
  const bare = status === 204 || status === 304
  const response = new Response(bare ? null : new Uint8Array(body), { status, headers: { ...headers } })
  return Object.defineProperty(response, 'url', { value: url })
}

async function calendarsAt({ url }: Access, { headers, fetch }: Asking): Promise<string[]> {
  const props = { [`${DAVNamespaceShort.DAV}:resourcetype`]: {} }
  const [own] = await propfind({ url, props, depth: '0', headers, fetch })
  if (own?.ok && isCalendar(own)) return [url]
  const account = await createAccount({
    account: { serverUrl: url, accountType: 'caldav' },
    headers,
    fetch
  })
  const calendars = await fetchCalendars({ account, headers, fetch })
  const urls = calendars.filter(({ components }) => !components?.length || components.includes('VEVENT'))
  if (urls.length === 0) throw new Unreadable('no-calendar')
  return urls.slice(0, mostCalendars).map(calendar => calendar.url)
}

const isCalendar = ({ props }: DAVResponse) => Object.keys(props?.resourcetype ?? {}).includes('calendar')

async function objectsIn(url: string, { from, to }: Window, { headers, fetch }: Asking): Promise<string[]> {
  const filters = {
    'comp-filter': {
      _attributes: { name: 'VCALENDAR' },
      'comp-filter': {
        _attributes: { name: 'VEVENT' },
        'time-range': { _attributes: { start: basic(from), end: basic(to) } }
      }
    }
  }
  const props = { 'd:getetag': {}, 'c:calendar-data': {} }
  const found = await calendarQuery({ url, props, filters, depth: '1', headers, fetch })
  return found.map(({ props }) => {
    const data: unknown = props?.calendarData?._cdata ?? props?.calendarData
    if (typeof data !== 'string') throw new Unreadable('unavailable')
    return data
  })
}

/** `20270301T000000Z` */
const basic = (ms: number) => `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
