import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { someone } from '../support/open.ts'

/** What somebody types who books for both of them. */
export const typed = {
  name: someone.name,
  email: someone.email,
  mailbox: 'own',
  agreed: 'yes',
  consent: 'yes',
  termsVersion: '1'
}

/** A browser without JavaScript: it keeps cookies, and says that its forms come from our own pages. */
export function visitor(app: FastifyInstance) {
  const cookies = new Map<string, string>()

  const ask = async (method: 'GET' | 'POST', url: string, form?: Form): Promise<LightMyRequestResponse> => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        host: 'localhost:3000',
        accept: 'text/html',
        'sec-fetch-site': 'same-origin',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' })
      },
      ...(form && { payload: encoded(form) })
    })
    answer.body = asRead(answer.body)
    for (const { name, value } of answer.cookies) value ? cookies.set(name, value) : cookies.delete(name)
    return answer
  }

  return {
    cookies,
    get: (url: string) => ask('GET', url),
    post: (url: string, form: Form = {}) => ask('POST', url, form)
  }
}

/** A text without the marks that nobody sees: they keep a range of times on one line. */
export function asRead(text: string): string {
  return text.replaceAll('\u2060', '')
}

/** What stands on a page, without its marks. */
export function wordsOf({ body }: Pick<LightMyRequestResponse, 'body'>): string {
  return body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')
}

type Form = Record<string, string | readonly string[]>

function encoded(form: Form): string {
  const pairs = Object.entries(form).flatMap(([name, value]) => [value].flat().map(one => [name, one]))
  return new URLSearchParams(pairs.map(([name = '', value = '']) => [name, value])).toString()
}

/** The title of a page. */
export function titleOf({ body }: LightMyRequestResponse): string | undefined {
  return /<title>(.*?)<\/title>/.exec(body)?.[1]
}

/** The values that a page's fields and buttons of one name carry. */
export function valuesOf({ body }: LightMyRequestResponse, name: string): string[] {
  return [...body.matchAll(new RegExp(`name="${name}"[^>]*? value="([^"]*)"`, 'g'))].map(([, value = '']) => value)
}
