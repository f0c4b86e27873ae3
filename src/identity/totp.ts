import { randomBytes } from 'node:crypto'
import type { DateTime } from 'luxon'
import { Secret, TOTP } from 'otpauth'

/** What every authenticator app reads (RFC 6238): SHA-1, six digits, half a minute. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** A code of the step before or after counts too: clocks of telephones differ. */
const window = 1

/** A new TOTP key: 160 random bits (RFC 4226, 4). */
export function newTotpKey(): Buffer {
  return randomBytes(20)
}

/**
 * The time step whose code this is, or undefined where it is none of the three that are taken at `now`. Whoever takes the
 * code must refuse a step that is not later than the last one taken.
 */
export function stepOf(key: Buffer, code: string, now: DateTime): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const timestamp = now.toMillis()
  const delta = TOTP.validate({ ...shape, token: code, secret: secretOf(key), timestamp, window })
  return delta === null ? undefined : TOTP.counter({ period: shape.period, timestamp }) + delta
}

/** What an authenticator app is given, by a picture of this address. */
export function totpAddress(key: Buffer, { issuer, label }: { issuer: string; label: string }): string {
  return new TOTP({ ...shape, secret: secretOf(key), issuer, label }).toString()
}

/** The key to be typed by hand: base32 in groups of four. */
export function typedKey(key: Buffer): string {
  return secretOf(key).base32.replace(/(.{4})(?=.)/g, '$1 ')
}

function secretOf(key: Buffer): Secret {
  return new Secret({ buffer: new Uint8Array(key).buffer })
}
