import type { LightMyRequestResponse } from 'fastify'
import type { Sql } from 'postgres'
import type { Test } from 'tap'
import { withoutRandom } from './random.ts'

/** All that an answer tells, with what is random in every answer made equal: ids, tokens, words, times. */
export function told({ statusCode, headers, body }: LightMyRequestResponse) {
  const { date: _, ...rest } = headers
  return { statusCode, headers: plain(JSON.stringify(rest)), body: plain(body) }
}

function plain(text: string): string {
  return withoutRandom(text)
    .replace(/cs_[\w-]+/g, '<checkout>')
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

const soak = process.env.SOAK === '1'
const pairs = soak ? 5000 : 500
/**
 * By chance alone the area strays from one half by √((2n + 1) / 12n²): of 500 pairs by 0.018, of 5,000 by 0.006. The bound of
 * the soak is 0.53; of the sample four times what chance does.
 */
const bound = soak ? 0.53 : 0.5 + 4 * Math.sqrt((2 * pairs + 1) / (12 * pairs * pairs))
/** Limits that no comparison reaches. */
export const unlimited = { bookings: 1_000_000, holds: 1_000_000, answers: 1_000_000 }

/**
 * Measures both by turns, each first as often as second, so that what else the machine does falls on both:
 * their times must not tell one from the other.
 */
export async function compareTimes(t: Test, what: string, known: Act, unknown: Act): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1)
    for (const act of [known, unknown]) {
      const { ask, after } = await act(-1 - turn)
      await ask()
      await after?.()
    }
  const [ones, others]: [number[], number[]] = [[], []]
  for (let turn = 0; turn < pairs; turn += 1) {
    const both = [
      { times: ones, act: known },
      { times: others, act: unknown }
    ]
    for (const { times, act } of turn % 2 ? both : both.toReversed()) {
      const doing = await act(turn)
      times.push(await timed(doing.ask))
      await doing.after?.()
    }
  }
  const area = areaUnder(ones, others)
  const [median, other] = [ones, others].map(times => times.toSorted((a, b) => a - b)[pairs >> 1] ?? 0)
  t.comment(
    `${what}: AUC ${Math.max(area, 1 - area).toFixed(3)} over ${pairs} interleaved pairs (bound ${bound.toFixed(3)}), medians ${median?.toFixed(2)} and ${other?.toFixed(2)} ms`
  )
  t.ok(Math.max(area, 1 - area) <= bound, what)
}

/** Makes one request ready for a turn: what is timed, and what is put right after it. */
type Act = (turn: number) => Promise<{ ask(): Promise<unknown>; after?(): Promise<unknown> }>
