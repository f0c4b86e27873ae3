import type { Choice } from '../availability/choose.ts'
import { invalid } from '../kernel/problem.ts'
import type { Start } from './schema.ts'

/** What a client asks for on the wire, as availability knows it: instants in milliseconds. */
export function choiceOf(
  slug: string,
  {
    start,
    therapist,
    place,
    occurrences,
    every
  }: Pick<Start, 'start' | 'therapist' | 'place' | 'occurrences' | 'every'>
): Choice {
  if (!start) throw invalid([{ pointer: '/start', detail: 'Give a start' }])
  const often =
    typeof occurrences === 'number'
      ? { times: occurrences }
      : { wishes: occurrences?.map(wish => (wish === null ? null : wish.toMillis())) }
  return { slug, start: start.toMillis(), therapist, place, every, ...often }
}
