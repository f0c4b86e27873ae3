import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { seal } from '../kernel/secrets.ts'
import { saveCalendarTitle } from './calendar-title.ts'
import { dataKeyOf } from './data-key.ts'
import type { Person } from './people.ts'
import type { PracticeScope } from './practice.ts'
import { updatePerson } from './store.ts'

/** What a person decides of how they are written to and called. What is left out stays. */
export type Preferences = Partial<Pick<Person, 'zone' | 'wording' | 'calendarChoice' | 'calendarTitle'>> & {
  name?: string
}

/** Keeps what a person decided for themselves; it counts for that person alone, from the next mail and entry on. */
export async function savePreferences(
  deps: Deps,
  scope: PracticeScope,
  person: string,
  { name, calendarTitle, ...plain }: Preferences
): Promise<void> {
  await deps.db.transaction(async tx => {
    if (Object.keys(plain).length > 0) await updatePerson(tx, scope, person, plain)
    if (name !== undefined) await saveName(deps, tx, scope, person, name)
    if (calendarTitle !== undefined) await saveCalendarTitle(deps, tx, scope, person, calendarTitle)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `person:${person}`,
      kind: 'person.preferences-changed',
      subjects: { person }
    })
  })
}

/** The name that a person goes by, sealed by their own key. */
export async function saveName(
  deps: Pick<Deps, 'secrets'>,
  tx: Transaction,
  scope: PracticeScope,
  person: string,
  name: string
): Promise<void> {
  const key = await dataKeyOf(deps, tx, scope, person)
  const spot = { practice: scope.practice.id, table: 'people', column: 'name', row: person }
  await updatePerson(tx, scope, person, { name: seal(key, spot, name.trim()) })
}
