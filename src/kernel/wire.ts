import { z } from 'zod'

/** The short name by which a type, therapist or place is addressed. */
export const Slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9-]+$/, { error: 'Give a short name of small letters, digits and dashes, such as couples' })

/** A text that somebody wrote, without the control characters that no database and no calendar takes. */
export const Line = z
  .string()
  .regex(/^[^\p{Cc}]*$/u, { error: 'Leave out line breaks and control characters' })
  .meta({ pattern: undefined })

/** RFC 9457, with the members that every refusal of ours carries. Other members follow by the kind of refusal. */
export const ProblemView = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional()
  })
  .meta({ id: 'Problem' })

/** A list: its items, and the cursor of the next page or null. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** The refusals that a route answers, for its response schema. */
export function refusals<S extends number>(...statuses: S[]): Record<S, typeof ProblemView> {
  return Object.fromEntries(statuses.map(status => [status, ProblemView])) as Record<S, typeof ProblemView>
}
