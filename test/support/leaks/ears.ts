import { withoutRandom } from '../random.ts'

/** Who, or what, can hear: a person in their browser, a mailbox, a lock screen, a calendar, Stripe, a log. */
export type Ear = string

export interface Heard {
  ear: Ear
  /** By which way it came: `GET /b/:id`, `Received:`, a table's name. */
  where: string
  text: string
}

export type Ears = ReturnType<typeof makeEars>

/** Keeps every byte that somebody could get, by who got it; but for what is random. */
export function makeEars() {
  const heard: Heard[] = []
  return {
    heard,
    hear(ear: Ear, where: string, text: string) {
      heard.push({ ear, where, text: withoutRandom(text) })
    }
  }
}

/** Something that only some may hear. */
export interface Secret {
  name: string
  /** As it is written, in each way in which it is written. */
  written: readonly string[]
  mayHear: readonly Ear[]
}

/** A secret in the wrong hands. */
export const leaksIn = (heard: readonly Heard[], secrets: readonly Secret[]): string[] => [
  ...new Set(
    heard.flatMap(one =>
      secrets
        .filter(({ mayHear }) => !mayHear.includes(one.ear))
        .filter(({ written }) => written.some(text => standsIn(bytesOf(one), text)))
        .map(({ name }) => `${one.ear} hears ${name}: ${one.where}`)
    )
  )
]

/** Whoever hears it at all. */
export const earsOf = (heard: readonly Heard[], { written }: Secret): Ear[] => [
  ...new Set(heard.filter(one => written.some(text => standsIn(bytesOf(one), text))).map(({ ear }) => ear))
]

/** What was heard is looked through once for each secret, and made ready for that once. */
const ready = new WeakMap<Heard, string>()

function bytesOf(heard: Heard): string {
  const bytes = ready.get(heard) ?? withoutChance(heard.text)
  ready.set(heard, bytes)
  return bytes
}

/** In lower case, without ids and fractions of seconds: their digits can spell a price by chance. */
const withoutChance = (text: string) =>
  text.toLowerCase().replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=:\d\d)\.\d{1,6}(?!\d)/g, '')

/** Whether it stands there in any form; a price not where it is a part of another number, such as a measured time. */
function standsIn(bytes: string, written: string): boolean {
  return formsOf(written).some(
    form => bytes.includes(form) && (!/^\d{1,7}$/.test(form) || new RegExp(`(?<![\\d.])${form}(?!\\.?\\d)`).test(bytes))
  )
}

const known = new Map<string, readonly string[]>()

/**
 * A text as it can stand in bytes that are no text of ours: in an address, in HTML, in JSON, in hex, and in base64 wherever
 * it begins. Lower case throughout.
 */
export function formsOf(text: string): readonly string[] {
  const forms = known.get(text) ?? make(text)
  known.set(text, forms)
  return forms
}

function make(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8')
  const shifted = [0, 1, 2].map(skipped => inBase64(bytes, skipped))
  const forms = [
    text,
    encodeURIComponent(text),
    encodeURIComponent(text).replaceAll('%20', '+'),
    text.replaceAll('&', '&amp;').replaceAll('"', '&#34;').replaceAll("'", '&#39;'),
    JSON.stringify(text).slice(1, -1),
    bytes.toString('hex'),
    ...shifted,
    ...shifted.map(form => form.replaceAll('+', '-').replaceAll('/', '_'))
  ]
  return [...new Set(forms.map(form => form.toLowerCase()))]
}

/** What is the same of it whatever stands around, `skipped` bytes into a group of three. */
function inBase64(bytes: Buffer, skipped: number): string {
  const text = Buffer.concat([Buffer.alloc(skipped), bytes])
    .toString('base64')
    .replace(/=+$/, '')
  const whole = Math.floor(((skipped + bytes.length) * 8) / 6)
  return text.slice(Math.ceil((skipped * 8) / 6), whole)
}
