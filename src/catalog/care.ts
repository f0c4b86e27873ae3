import { z } from 'zod'

const sessions = z.int().min(1).max(1000)
const day = 1440

/** How much a therapist has at most, by local day and ISO week: sessions and their minutes. */
const caps = {
  perDay: sessions.optional(),
  perWeek: sessions.optional(),
  minutesPerDay: z.int().min(5).max(day).optional(),
  minutesPerWeek: z
    .int()
    .min(5)
    .max(7 * day)
    .optional()
}

const Slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Lower case letters, digits and hyphens' })

/** The rules of care of a session type. The caps count its own sessions, and those of its family where it has one. */
export const typeCare = {
  ...caps,
  /** How many of it may begin in a local month: a plan of many days is one. */
  perMonth: sessions.optional(),
  /** Types of one family are counted as one: all intensives together, whatever their length. */
  family: Slug.max(60).optional(),
  /** It asks much of the therapist: only so many of these follow one another (a therapist’s `inRow`). */
  demanding: z.boolean().optional(),
  /** Minutes after each of its sessions in which the therapist begins nothing else. */
  rest: z
    .int()
    .min(5)
    .max(7 * day)
    .optional(),
  /** Two therapists sit in it together. */
  therapists: z.literal(2).optional(),
  /** Minutes to any other session like it at the same place, for who belongs to a couple: the two need not meet there. */
  gapAtPlace: z.int().min(5).max(day).optional(),
  /** How many of it a client has in a week at most, unless their therapist says that they may have more. */
  perClientWeek: z.int().min(1).max(7).optional(),
  /** One of these types has been had before this one is. */
  first: z.array(Slug).min(1).max(10).optional()
}

/** The rules of care of a therapist, whatever they do. */
export const TherapistCare = z.strictObject({
  ...caps,
  /** At most so many demanding sessions one after the other: a pause of so many minutes, or another session, parts them. */
  inRow: z.strictObject({ most: z.int().min(1).max(20), pause: z.int().min(5).max(day) }).optional()
})
export type TherapistCare = z.infer<typeof TherapistCare>
