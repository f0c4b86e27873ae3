import { z } from 'zod'
import type { TherapistCare } from '../../catalog/care.ts'
import { Problem } from '../../kernel/problem.ts'
import type { Faults } from '../components/fields.tsx'

/** What a form sends: one word a field, several where boxes share a name. */
export const Form = z.record(z.string(), z.union([z.string(), z.array(z.string())]))
export type Form = z.infer<typeof Form>

export const oneOf = (form: Form, name: string): string => [form[name] ?? ''].flat()[0]?.trim() ?? ''
export const allOf = (form: Form, name: string): string[] => [form[name] ?? []].flat()

/** Whole numbers by their fields, none where a field is empty; a sentence for each that is no number. */
export function readNumbers<Name extends string>(
  form: Form,
  names: readonly Name[]
): { numbers: Partial<Record<Name, number>>; faults: Faults } {
  const wrong = names.filter(name => !/^\d{0,6}$/.test(oneOf(form, name)))
  const given = names.filter(name => oneOf(form, name) !== '' && !wrong.includes(name))
  return {
    numbers: Object.fromEntries(given.map(name => [name, Number(oneOf(form, name))])) as Partial<Record<Name, number>>,
    faults: Object.fromEntries(wrong.map(name => [name, 'Give a whole number, or leave it empty']))
  }
}

/** What a use case found wrong, by the field that its pointer ends with; whatever else is thrown goes on. */
export function faultsOf(error: unknown): Faults {
  if (!(error instanceof Problem) || error.code !== 'invalid-input') throw error
  const errors = z.array(z.object({ pointer: z.string(), detail: z.string() })).parse(error.extensions.errors)
  return Object.fromEntries(errors.map(({ pointer, detail }) => [fieldOf(pointer), detail]))
}

/** `/rules/first/0` → `first`, `/care/inRow/most` → `most`. */
function fieldOf(pointer: string): string {
  const names = pointer.split('/').filter(part => part !== '' && !/^\d+$/.test(part))
  return names.at(-1) ?? ''
}

/** A therapist's bounds in a few words. */
export function boundsText(care: TherapistCare | null): string {
  const { perDay, perWeek, minutesPerDay, minutesPerWeek, inRow } = care ?? {}
  const parts = [
    perDay && `${perDay} sessions a day`,
    perWeek && `${perWeek} a week`,
    minutesPerDay && `${minutesPerDay} minutes a day`,
    minutesPerWeek && `${minutesPerWeek} minutes a week`,
    inRow && `${inRow.most} demanding ones in a row`
  ].filter(Boolean)
  return parts.length > 0 ? `At most ${parts.join(', ')}` : 'No bounds set'
}
