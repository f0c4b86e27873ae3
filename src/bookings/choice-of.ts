import type { Choice } from '../availability/choose.ts'
import { weekdays } from '../availability/schema.ts'
import { invalid } from '../kernel/problem.ts'
import { minutesOf } from '../kernel/time.ts'
import type { Start } from './schema.ts'

/** What a client asks for on the wire, as availability knows it: instants in milliseconds. */
export function choiceOf(slug: string, wish: Omit<Start, 'together'>): Choice {
  const { start, therapist, place, occurrences, every, prefer, open = occurrences === 'open' } = wish
  if (!start) throw invalid([{ pointer: '/start', detail: 'Give a start' }])
  const often =
    typeof occurrences === 'number'
      ? { times: occurrences }
      : {
          wishes:
            occurrences === 'open'
              ? undefined
              : occurrences?.map(one => (one === null || typeof one === 'string' ? one : one.toMillis()))
        }
  const preference = prefer && {
    days: prefer.days?.map(day => weekdays.indexOf(day) + 1),
    from: prefer.from === undefined ? undefined : minutesOf(prefer.from),
    to: prefer.to === undefined ? undefined : minutesOf(prefer.to)
  }
  return { slug, start: start.toMillis(), therapist, place, every, open, preference, ...often }
}
