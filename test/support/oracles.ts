import type { LightMyRequestResponse } from 'fastify'
import type { Sql } from 'postgres'

/** All that an answer tells, with what is random in every answer made equal: ids, tokens, words, times. */
export function told({ statusCode, headers, body }: LightMyRequestResponse) {
  const { date: _, ...rest } = headers
  return { statusCode, headers: plain(JSON.stringify(rest)), body: plain(body) }
}

function plain(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/cs_[\w-]+/g, '<checkout>')
    .replace(/[\w-]{43}(?![\w-])/g, '<token>')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/"returnWords":"[a-z]+(-[a-z]+)?( [a-z-]+){4}"/, '"returnWords":"<words>"')
    .replace(/"content-length":"\d+"/, '"content-length":"<length>"')
}

/** The statements that something asks of the database, in order, without their values. */
export async function statementsOf(client: Sql, act: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = []
  const { options } = client
  const { debug } = options
  options.debug = (_connection, query) => statements.push(query)
  await act()
  options.debug = debug
  return statements
}

/** Milliseconds that something takes. */
export async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = process.hrtime.bigint()
  await act()
  return Number(process.hrtime.bigint() - began) / 1e6
}

/**
 * How well one kind is told from the other by its time alone: the area under the ROC curve, 0.5 where not at all
 * (Mann and Whitney's U over all pairs; ties count half).
 */
export function areaUnder(ones: readonly number[], others: readonly number[]): number {
  const all = [...ones.map(time => ({ time, one: 1 })), ...others.map(time => ({ time, one: 0 }))]
  all.sort((a, b) => a.time - b.time)
  let ranks = 0
  for (let start = 0; start < all.length; ) {
    let end = start
    while (end < all.length && all[end]?.time === all[start]?.time) end += 1
    const rank = (start + end + 1) / 2
    for (let at = start; at < end; at += 1) ranks += (all[at]?.one ?? 0) * rank
    start = end
  }
  const u = ranks - (ones.length * (ones.length + 1)) / 2
  return u / (ones.length * others.length)
}
