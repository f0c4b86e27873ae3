import type { CookieSerializeOptions } from '@fastify/cookie'
import type { Settings } from '../kernel/deps.ts'

/**
 * A cookie's name. Over https it carries `__Host-`, which binds it to this host (RFC 6265bis, 4.1.3.2); over plain http, in
 * the sandbox, curl and Safari would drop such a cookie.
 */
export function cookieName({ publicUrl }: Settings, name: 'staff' | `b-${string}`): string {
  return publicUrl.startsWith('https:') ? `__Host-${name}` : name
}

/** HttpOnly, SameSite=Lax, the whole host; for `seconds`, or as long as the browser is open. */
export function cookieOptions({ publicUrl }: Settings, seconds?: number): CookieSerializeOptions {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: publicUrl.startsWith('https:'),
    ...(seconds === undefined ? {} : { maxAge: seconds })
  }
}
