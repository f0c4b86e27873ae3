import { DateTime } from 'luxon'
import { z } from 'zod'
import type { Start } from '../bookings/schema.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { notFound } from '../kernel/problem.ts'
import type { Secrets } from '../kernel/secrets.ts'
import { seal, unseal } from '../kernel/secrets.ts'
import { Zone } from '../kernel/time.ts'
import { Slug } from '../kernel/wire.ts'

/** What somebody chose, before anything is booked: the type and one of its slots, read in a zone. */
export const Choice = z.strictObject({
  type: Slug,
  start: z.iso.datetime({ offset: true }),
  therapist: Slug,
  place: Slug,
  /** Of a session with dates: which of them; the start is then its first block's. */
  edition: z.uuid().optional(),
  zone: Zone,
  /** Of a session that repeats: how often, and how many days apart. */
  times: z.int().optional(),
  every: z.int().optional(),
  open: z.boolean().optional(),
  /**
   * And where each of its appointments is wanted, in minutes after the start: null leaves it out, or to be found. `open`:
   * a step that gets its time later; `propose`: the best there is for it.
   */
  occurrences: z
    .array(z.union([z.int(), z.enum(['open', 'propose']), z.null()]))
    .max(104)
    .optional()
})
export type Choice = z.infer<typeof Choice>

/** What a choice asks for on the wire. */
export function startOf({ start, therapist, place, times, every, open, occurrences, edition }: Choice): Start {
  if (edition) return { edition }
  const first = DateTime.fromISO(start, { zone: 'utc' })
  const each = occurrences?.map(one => (typeof one === 'number' ? first.plus({ minutes: one }) : one))
  return { start: first, therapist, place, occurrences: each ?? (open ? 'open' : times), every, open }
}

/** The start of the first appointment that is wanted. */
export function firstStart(choice: Choice): DateTime {
  const first = choice.occurrences?.find(one => typeof one === 'number')
  return DateTime.fromISO(choice.start, { zone: 'utc' }).plus({ minutes: first ?? 0 })
}

/** A choice for an address that tells nobody what or when: encrypted, authenticated, and of this practice alone. */
export function sealChoice({ derive }: Pick<Secrets, 'derive'>, scope: PracticeScope, choice: Choice): string {
  return seal(derive('choice'), spot(scope), JSON.stringify(choice)).toString('base64url')
}

/** @throws not-found where the address was changed, cut short or made for another practice */
export function openChoice({ derive }: Pick<Secrets, 'derive'>, scope: PracticeScope, sealed: string): Choice {
  const text = opened(() => unseal(derive('choice'), spot(scope), Buffer.from(sealed, 'base64url')))
  if (text === undefined) throw notFound('This address is not whole. Choose a time again')
  return Choice.parse(JSON.parse(text))
}

/** What cannot be opened was changed on the way, and is refused as an address that leads nowhere. */
function opened(open: () => string): string | undefined {
  try {
    return open()
  } catch {
    return undefined
  }
}

const spot = ({ practice }: PracticeScope) => ({ practice: practice.id, table: 'web', column: 'choice', row: '' })
