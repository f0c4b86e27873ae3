import { DateTime } from 'luxon'
import { z } from 'zod'
import { overrides } from '../../availability/override.ts'
import { CallerBookingRequest } from '../../bookings/caller-schema.ts'
import { Problem } from '../../kernel/problem.ts'
import { isoUtc } from '../../kernel/time.ts'
import type { Faults } from '../components/fields.tsx'
import { OftenQuery } from '../site/often.ts'
import { CallerForm, callerOf, Ticked, Typed } from './caller-form.ts'

/** The form as a browser posts it; everything is checked again by `readNewBooking`. */
export const NewBookingForm = CallerForm.extend({
  ...OftenQuery.shape,
  slot: Typed,
  at: Typed,
  override: Ticked.optional(),
  reason: Typed,
  payment: Typed,
  spokenWithEach: Typed
})
export type NewBookingForm = z.infer<typeof NewBookingForm>

/** A request of what was typed, or a sentence for each field that is not right yet. */
export function readNewBooking(
  { type, times, every, open, slot, at, override = [], reason, payment, spokenWithEach, ...caller }: NewBookingForm,
  zone: string
): { wanted?: CallerBookingRequest; faults: Faults } {
  const [start, therapist, place] = at ? [atText(at, zone)] : (slot ?? '').split(' ')
  const read = CallerBookingRequest.safeParse({
    sessionType: type,
    start,
    ...(times !== undefined && { occurrences: open ? 'open' : times, every }),
    ...(therapist && { therapist }),
    ...(place && { place }),
    ...callerOf(caller, zone),
    override: overrides.filter(rule => override.includes(rule)),
    ...(reason?.trim() && { reason }),
    payment,
    ...(spokenWithEach === 'yes' && { spokenWithEach: true })
  })
  if (read.success) return { wanted: read.data, faults: {} }
  return {
    faults: Object.fromEntries(read.error.issues.map(({ path, message }) => [fieldOf(path), message]).map(said))
  }
}

/** What the practice's rules refuse, as a sentence for its field; whatever else is thrown goes on. */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof Problem) || error.status >= 500) throw error
  if (['slot-taken', 'not-offered', 'too-soon', 'too-far'].includes(error.code))
    return { slot: `${error.title}: choose one of these, or say below what may be set aside` }
  const { errors } = z
    .object({ errors: z.array(z.object({ pointer: z.string(), detail: z.string() })) })
    .catch({ errors: [] })
    .parse(error.extensions)
  if (errors.length === 0) throw error
  return Object.fromEntries(errors.map(({ pointer, detail }) => [fieldOf(pointer.split('/').slice(1)), detail]))
}

function fieldOf(path: readonly PropertyKey[]): string {
  const name = String(path.at(-1))
  const fields: Readonly<Record<string, string>> = {
    start: 'slot',
    starts: 'slot',
    client: 'caller',
    amount: 'price',
    currency: 'price'
  }
  return fields[name] ?? name
}

/** A time is chosen, and not typed as an instant. */
function said([field = '', message = '']: string[]): string[] {
  return [field, field === 'slot' ? 'Choose a time' : message]
}

function atText(at: string, zone: string): string {
  const time = DateTime.fromISO(at, { zone })
  return time.isValid ? isoUtc(time) : ''
}
