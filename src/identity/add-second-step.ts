import { record } from '../kernel/audit.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { endSessions, markStepped } from './passing-store.ts'
import type { PracticeScope } from './practice.ts'
import { issueRecoveryCodes } from './recovery-codes.ts'
import { alreadySetUp, changedInConsole, type StepOwner, stepNeeded } from './second-step.ts'
import { lockSecondSteps } from './step-store.ts'
import { findActiveStaff } from './store.ts'

/**
 * Sets up one more second step. This sign-in has passed it; with the first one, every other sign-in of the person ends,
 * because nothing was asked there.
 * @param write what is written; false where it is there already
 * @returns recovery codes, shown once: with the first second step of a staff member
 * @throws changed-in-console; step-needed where there is one which this sign-in did not pass: whoever knows the password alone adds nothing
 */
export async function addSecondStep(
  deps: Deps,
  scope: PracticeScope,
  owner: StepOwner,
  write: (tx: Transaction) => Promise<boolean>
): Promise<string[]> {
  const { person, session } = owner
  return deps.db.transaction(async tx => {
    const now = deps.now()
    await mustBeChangedHere(tx, scope, owner)
    const isSetUp = await lockSecondSteps(tx, scope, owner)
    if (isSetUp && !owner.stepped) throw stepNeeded('Sign in with the second step that you have, then add another')
    if (!(await write(tx))) throw alreadySetUp('Remove the one that is there first')
    await markStepped(tx, scope, session, now)
    if (!isSetUp) await endSessions(tx, scope, person, now, session)
    await tellSecondStep(deps, tx, scope, owner, 'added')
    return owner.kind === 'staff' && !isSetUp ? issueRecoveryCodes(deps, tx, scope, person) : []
  })
}

/**
 * What lets somebody into the console is changed there alone: a mailed code and a PIN are less than a password.
 * @throws changed-in-console
 */
export async function mustBeChangedHere(tx: Transaction, scope: PracticeScope, owner: StepOwner): Promise<void> {
  if (owner.kind === 'person' && (await findActiveStaff(tx, scope, owner.person)))
    throw changedInConsole('Sign in to the console, and change it there; it counts here too')
}

/** Writes down who changed whose second steps, for good. */
export async function tellSecondStep(
  deps: Deps,
  tx: Transaction,
  { practice }: PracticeScope,
  { kind: owner, person }: Pick<StepOwner, 'kind' | 'person'>,
  what: 'added' | 'removed' | 'codes-made'
): Promise<void> {
  const actor = `${owner}:${person}`
  await record(tx, deps.now, { practice: practice.id, actor, kind: `second-step-${what}`, subjects: [person] })
  await emit(deps, tx, { practice: practice.id, actor, kind: `${owner}.second-step-${what}`, subjects: { person } })
}
