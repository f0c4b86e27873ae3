import type { DateTime } from 'luxon'
import type { Deps, Settings } from '../kernel/deps.ts'

/** What a cookie is set with; a Fastify reply is one. */
export interface CookieJar {
  setCookie(name: string, value: string, options: ReturnType<typeof attributes> & { maxAge?: number }): unknown
  clearCookie(name: string, options: ReturnType<typeof attributes>): unknown
}

/** What a cookie that ends needs to know. */
type Clocked = Pick<Deps, 'settings' | 'now'>

/** A booking's cookie: which booking, and the token of its link. */
export interface BookingCookie {
  booking: string
  token: string
  expiresAt: DateTime
}

/**
 * The names of our cookies. Over https they carry `__Host-`, by which a browser refuses them from anywhere but this host
 * (RFC 6265bis, 4.1.3.2); a sandbox over http has plain ones, because curl and Safari drop Secure cookies there.
 */
export function cookieNames({ publicUrl }: Pick<Settings, 'publicUrl'>) {
  const prefix = isSecure(publicUrl) ? '__Host-' : ''
  return {
    staff: `${prefix}staff`,
    step: `${prefix}step`,
    person: `${prefix}person`,
    asked: `${prefix}asked`,
    browser: `${prefix}browser`,
    return: `${prefix}r`,
    booking: (id: string) => `${prefix}b-${id}`
  }
}

/** Lets this browser open one booking until its link ends. */
export function keepBooking(jar: CookieJar, clocked: Clocked, { booking, token, expiresAt }: BookingCookie): void {
  jar.setCookie(cookieNames(clocked.settings).booking(booking), token, lasting(clocked, expiresAt))
}

/** The bookings that a browser says it holds. It proves nothing: whoever opens one is asked for its token. */
export function heldBookings(cookies: Readonly<Record<string, string | undefined>>, settings: Settings): string[] {
  const prefix = cookieNames(settings).booking('')
  return Object.keys(cookies).flatMap(name => {
    const id = name.slice(prefix.length)
    return name.startsWith(prefix) && /^[0-9a-f-]{36}$/.test(id) ? [id] : []
  })
}

/** The tokens of bookings that a browser shows. They prove nothing either, until they are opened. */
export function shownBookings(cookies: Readonly<Record<string, string | undefined>>, settings: Settings): string[] {
  const { booking } = cookieNames(settings)
  return heldBookings(cookies, settings).flatMap(id => cookies[booking(id)] ?? [])
}

/** Takes one booking from this browser. */
export function forgetBooking(jar: CookieJar, settings: Settings, booking: string): void {
  jar.clearCookie(cookieNames(settings).booking(booking), attributes(settings))
}

/** Keeps a staff member's signed access token in this browser until it is over. */
export function keepStaffToken(jar: CookieJar, clocked: Clocked, signed: { token: string; expiresAt: DateTime }): void {
  jar.setCookie(cookieNames(clocked.settings).staff, signed.token, lasting(clocked, signed.expiresAt))
}

/** Knows the browser in which a staff sign-in waits for its second page. */
export function keepStep(jar: CookieJar, clocked: Clocked, waiting: { token: string; expiresAt: DateTime }): void {
  jar.setCookie(cookieNames(clocked.settings).step, waiting.token, lasting(clocked, waiting.expiresAt))
}

export function forgetStep(jar: CookieJar, settings: Settings): void {
  jar.clearCookie(cookieNames(settings).step, attributes(settings))
}

/** Keeps a person's signed access token in this browser until it is over. */
export function keepPersonToken(
  jar: CookieJar,
  clocked: Clocked,
  signed: { token: string; expiresAt: DateTime }
): void {
  jar.setCookie(cookieNames(clocked.settings).person, signed.token, lasting(clocked, signed.expiresAt))
}

export function forgetPerson(jar: CookieJar, settings: Settings): void {
  jar.clearCookie(cookieNames(settings).person, attributes(settings))
}

/** Knows the browser that asked to sign in: a mailed link works there alone. */
export function keepAsked(jar: CookieJar, clocked: Clocked, asked: { browser: string; expiresAt: DateTime }): void {
  jar.setCookie(cookieNames(clocked.settings).asked, asked.browser, lasting(clocked, asked.expiresAt))
}

/** Lets this browser read what was said by a partner's link until its half hour ends. */
export function keepReturn(jar: CookieJar, clocked: Clocked, opened: { token: string; expiresAt: DateTime }): void {
  jar.setCookie(cookieNames(clocked.settings).return, opened.token, lasting(clocked, opened.expiresAt))
}

export function forgetReturn(jar: CookieJar, settings: Settings): void {
  jar.clearCookie(cookieNames(settings).return, attributes(settings))
}

export function forgetStaff(jar: CookieJar, settings: Settings): void {
  jar.clearCookie(cookieNames(settings).staff, attributes(settings))
}

/** Knows this browser again until it is closed: for form tokens and for limits, never for a right. */
export function keepBrowser(jar: CookieJar, settings: Settings, id: string): void {
  jar.setCookie(cookieNames(settings).browser, id, attributes(settings))
}

function attributes({ publicUrl }: Settings) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(publicUrl) } as const
}

/** For so long, and not until an instant: the browser's clock need not show what ours does (RFC 6265, 4.1.2.2). */
function lasting({ settings, now }: Clocked, expiresAt: DateTime) {
  return { ...attributes(settings), maxAge: Math.max(0, Math.floor(expiresAt.diff(now()).as('seconds'))) }
}

const isSecure = (publicUrl: string) => publicUrl.startsWith('https:')
