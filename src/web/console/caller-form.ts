import { z } from 'zod'
import { LocalDate } from '../../kernel/time.ts'
import { Slug } from '../../kernel/wire.ts'

/** What was typed into a field; what it must be is said where it is read. */
export const Typed = z.string().max(1000).optional()

/** What was ticked of several boxes of one name. */
export const Ticked = z.union([z.string(), z.array(z.string())]).transform(given => [given].flat())

/** What a browser posts wherever something is booked or proposed for somebody: of which type, and who that is. */
export const CallerForm = z.object({
  type: Slug,
  from: LocalDate.optional().catch(undefined),
  caller: Typed,
  name: Typed,
  email: Typed,
  phone: Typed
})

/** Who is meant, as the API takes it: a member of a client that is known, or somebody new. It is checked there. */
export function callerOf(
  { caller, name = '', email = '', phone }: Partial<z.infer<typeof CallerForm>>,
  zone: string
): Record<string, unknown> {
  const [client, member] = (caller ?? '').split(' ')
  if (client) return { client, caller: member }
  return { person: { name, email: email.trim(), zone, ...(phone?.trim() && { phone }) } }
}
