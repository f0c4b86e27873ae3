import { z } from 'zod'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { seal, unseal } from '../kernel/secrets.ts'
import { dataKeyOf } from './data-key.ts'
import type { PracticeScope } from './practice.ts'
import { updatePerson } from './store.ts'

/** As many characters as any calendar shows of a title. */
const most = 60

/**
 * A person's own words for the entries in their own calendar: one line that says something, of 1 to 60 characters, and
 * none that end a line, control anything or turn the direction of writing.
 */
export const CalendarTitle = z
  .string()
  .trim()
  .normalize('NFC')
  .refine(title => [...title].length <= most, { error: `Give a title of at most ${most} characters` })
  .refine(title => /[\p{L}\p{N}\p{P}\p{S}]/u.test(title), { error: 'Give a title, such as Dentist' })
  .refine(title => title.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(title), {
    error: 'Leave out line breaks and control characters'
  })
  .meta({ minLength: 1, maxLength: most })

/** Keeps a title that was validated, sealed by the person's own key; null goes back to the practice's. */
export async function saveCalendarTitle(
  deps: Pick<Deps, 'secrets'>,
  tx: Transaction,
  scope: PracticeScope,
  person: string,
  title: z.output<typeof CalendarTitle> | null
): Promise<void> {
  const key = await dataKeyOf(deps, tx, scope, person)
  await updatePerson(tx, scope, person, {
    calendarTitle: title === null ? null : seal(key, spotOf(scope, person), title)
  })
}

/** @param key the person's own */
export function unsealTitle(key: Buffer, scope: PracticeScope, person: string, title: Buffer | null): string | null {
  return title && unseal(key, spotOf(scope, person), title)
}

function spotOf({ practice }: PracticeScope, person: string) {
  return { practice: practice.id, table: 'people', column: 'calendar_title', row: person }
}
