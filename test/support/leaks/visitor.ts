import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Ears } from './ears.ts'
import { deviceOf } from './secrets.ts'

const host = 'localhost:3000'
/** Pages of one person, whose address, title and cookies lie open to whoever looks at the device. */
const personal = /^\/(b|p|r|x|f|me|sign-in)(?=[/?]|$)/

export type Visitor = ReturnType<typeof visitorOf>

/**
 * Somebody with a browser and a program, of whom everything is kept that they are answered; and of their browser what
 * others can see of it: addresses, titles, cookies, and what another site is told when it is led there.
 * @param bearer what the program sends
 */
export function visitorOf(app: FastifyInstance, ears: Ears, who: string, bearer?: string) {
  const cookies = new Map<string, string>()
  const asked = new Set<string>()

  const ask = async (options: InjectOptions & { url: string }, program: boolean): Promise<LightMyRequestResponse> => {
    const { url, method = 'GET' } = options
    const answer = await app.inject({
      ...options,
      ...(!program && { cookies: Object.fromEntries(cookies) }),
      headers: {
        host,
        'user-agent': deviceOf(who),
        ...(program ? bearer && { authorization: `Bearer ${bearer}` } : { accept: 'text/html' }),
        ...(!program && { 'sec-fetch-site': 'same-origin' }),
        ...options.headers
      }
    })
    const where = `${method} ${url.replace(/[0-9a-f-]{36}|[\w-]{43,}/g, '…')}`
    ears.hear(who, where, `${answer.statusCode}\n${JSON.stringify(answer.headers)}\n${unfolded(answer.body)}`)
    if (!program) seen(answer, url, where)
    for (const { name, value } of answer.cookies) value ? cookies.set(name, value) : cookies.delete(name)
    if (method === 'GET') asked.add(url)
    return answer
  }

  /** What a browser shows to whoever sits beside it, and tells the sites that it is led to. */
  function seen({ headers, body }: LightMyRequestResponse, url: string, where: string) {
    const location = String(headers.location ?? '')
    if (personal.test(url)) {
      ears.hear('address bar', where, `${url}\n${location}`)
      ears.hear('title', where, /<title>(.*?)<\/title>/s.exec(body)?.[1] ?? '')
    }
    ears.hear('cookie', where, String(headers['set-cookie'] ?? ''))
    ears.hear('other sites', where, `Referer: ${toldElsewhere(headers['referrer-policy'], url)}`)
  }

  return {
    who,
    cookies,
    /** Every address that was asked for. */
    asked,
    get: (url: string) => ask({ url }, false),
    post: (url: string, form: Readonly<Record<string, string>> = {}) =>
      ask(
        {
          url,
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: new URLSearchParams(form).toString()
        },
        false
      ),
    /** As a program. */
    call: (method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
      ask({ url, method, ...(payload && { payload }) }, true)
  }
}

/** What a browser tells another site of where it comes from: https://www.w3.org/TR/referrer-policy/#referrer-policies */
function toldElsewhere(policy: unknown, url: string): string {
  if (policy === 'no-referrer' || policy === 'same-origin') return ''
  return /^(strict-)?origin(-when-cross-origin)?$/.test(String(policy)) ? `http://${host}/` : `http://${host}${url}`
}

/** A calendar folds its lines: RFC 5545, 3.1. */
const unfolded = (body: string) => body.replace(/\r\n[ \t]/g, '')
