import { createHmac } from 'node:crypto'
import type { LightMyRequestResponse } from 'fastify'
import type { DateTime } from 'luxon'
import type { visitor } from '../web/visitor.ts'
import { staffPassword } from './database.ts'

type Browser = ReturnType<typeof visitor>

export const jessica = { email: 'jessica@example.com', password: staffPassword }

/** What an authenticator app shows (RFC 4226, 5.3 and RFC 6238, 4.2), written from the standard alone. */
export function shown(key: Buffer, at: DateTime, digits = 6): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at.toSeconds() / 30)))
  const mac = createHmac('sha1', key).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = mac.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** A code that is none of the three that count now. */
export function wrongCode(key: Buffer, at: DateTime): string {
  const right = [-30, 0, 30].map(seconds => shown(key, at.plus({ seconds })))
  return ['000000', '111111', '222222', '333333'].find(code => !right.includes(code)) ?? ''
}

/** Base32 (RFC 4648, 6) as somebody types it off a page. */
export function fromBase32(text: string): Buffer {
  const bits = [...text.replace(/\s/g, '')]
    .map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from(bits.match(/.{8}/g)?.map(byte => Number.parseInt(byte, 2)) ?? [])
}

export const keyOn = ({ body }: LightMyRequestResponse) =>
  fromBase32(/<code[^>]*>\s*([A-Z2-7 ]{39})\s*<\/code>/.exec(body)?.[1] ?? '')

export const recoveryCodesOn = ({ body }: LightMyRequestResponse) =>
  [...body.matchAll(/<code[^>]*>\s*((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})\s*<\/code>/g)].map(([, code = '']) => code)

/** The first page of a staff sign-in. */
export const signInOn = (browser: Browser, given = jessica) => browser.post('/console/sign-in', given)

/** Sets up an authenticator app in a browser that is signed in. */
export async function setUpApp(browser: Browser, now: () => DateTime) {
  const key = keyOn(await browser.post('/console/second-step/totp'))
  const done = await browser.post('/console/second-step/totp/confirmation', { code: shown(key, now()) })
  return { key, recoveryCodes: recoveryCodesOn(done) }
}
