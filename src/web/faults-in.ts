import { z } from 'zod'
import type { Fault, Problem } from '../kernel/problem.ts'

const Faults = z.array(z.object({ pointer: z.string(), detail: z.string() }))

/** The faults that a refusal names one by one, if it does: a page says their sentences, and never where they point. */
export function faultsIn({ extensions }: Problem): Fault[] {
  return Faults.catch([]).parse(extensions.errors)
}
