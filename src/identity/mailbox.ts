import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { problem } from '../kernel/problem.ts'
import type { PracticeScope } from './practice.ts'
import { hasSecondStep } from './read-second-steps.ts'
import { saveSharedMailbox } from './store.ts'

export const stepFirst = problem('second-step-first', 409, 'First choose a PIN or a passkey of your own')

/**
 * Keeps whether only this person reads their mailbox. Where somebody else does, mails there are a time and open nothing,
 * and the mailed code says nothing of who gives it: each sign-in asks a second step, which must be there first.
 * @throws second-step-first
 */
export async function saveMailbox(
  deps: Deps,
  scope: PracticeScope,
  person: string,
  sharedMailbox: boolean
): Promise<void> {
  if (sharedMailbox && !(await hasSecondStep(deps.db, scope, person)))
    throw stepFirst('The mailed code alone would let in whoever reads the mailbox')
  await deps.db.transaction(async tx => {
    await saveSharedMailbox(tx, scope, person, sharedMailbox)
    await emit(deps, tx, {
      practice: scope.practice.id,
      actor: `person:${person}`,
      kind: 'person.mailbox-changed',
      subjects: { person }
    })
  })
}
