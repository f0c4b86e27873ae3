import { type DestinationStream, type Logger, pino } from 'pino'
import { errorFields } from './log-error.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const word = /^[A-Za-z][\w.-]{0,60}$/

/**
 * All that a log line may say besides its sentence, and the form of each: ids, codes, counts, the route's pattern. A key
 * that is not here, or a value of another form, is withheld: no path, query, body, header, address, name or token can
 * come in by mistake. Numbers and truth values are taken under any of these keys.
 */
const forms: Readonly<Record<string, RegExp>> = {
  pid: /^$/,
  reqId: uuid,
  method: /^[A-Z]{3,10}$/,
  route: /^[/*][\w/.:*-]{0,150}$/,
  status: /^$/,
  ms: /^$/,
  practice: uuid,
  booking: uuid,
  appointment: uuid,
  attempt: uuid,
  refund: uuid,
  message: uuid,
  feed: uuid,
  job: uuid,
  event: /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|evt_\w{1,80})$/,
  template: word,
  queue: word,
  kind: word,
  state: word,
  code: /^[A-Za-z0-9][\w-]{0,60}( \d{3})?$/,
  tries: /^$/,
  count: /^$/
}

/**
 * The log of the whole process, as JSON lines. Sentences are constants of the code; what varies stands in fields, of
 * which the known ones are kept. Everything is cleaned here and nowhere else, so that a library's own lines and errors
 * are too (Drizzle's errors carry parameters, PostgreSQL's the values of a row, Stripe's bodies, nodemailer's addresses).
 */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { pid: process.pid },
    // Not serializers: Fastify puts its own in their place, and those of requests carry the address.
    formatters: { log: knownFields },
    hooks: {
      logMethod(given, method) {
        const [fields, sentence] = plain(given)
        method.apply(this, [fields, sentence])
      }
    }
  }
  const log = destination ? pino(options, destination) : pino(options)
  const { child } = log
  // Pino asks no formatter for what a child is given. Children of children inherit this.
  log.child = function (this: Logger, fields: Record<string, unknown>, more) {
    return child.call(this, knownFields(fields), more)
  } as typeof child
  return log
}

function knownFields(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]) => {
      if (value === undefined) return []
      if (key === 'err') return [[key, errorFields(value)]]
      return [[Object.hasOwn(forms, key) ? key : 'other', isKnown(key, value) ? value : '[withheld]']]
    })
  )
}

function isKnown(key: string, value: unknown): boolean {
  const form = Object.hasOwn(forms, key) ? forms[key] : undefined
  if (!form) return false
  return (
    ['number', 'boolean'].includes(typeof value) || value === null || (typeof value === 'string' && form.test(value))
  )
}

/** Fields and sentence, whichever way a line was asked for. Where a sentence is missing pino would take the error's. */
function plain([first, second]: readonly unknown[]): [object, string] {
  if (typeof first === 'string') return [{}, sentenceOf(first)]
  const fields = first instanceof Error ? { err: first } : typeof first === 'object' && first !== null ? first : {}
  return [fields, typeof second === 'string' ? sentenceOf(second) : 'Without a sentence']
}

/** A library may put a path or an address into its sentence: such words are withheld. */
function sentenceOf(text: string): string {
  return text.slice(0, 300).replace(/\S*[/@?=%\\]\S*/g, '[withheld]')
}
