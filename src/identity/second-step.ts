import { problem } from '../kernel/problem.ts'

/** What a person may pass at sign-in besides what comes first: at most one of each, and several passkeys. */
export type SecondStepKind = 'totp' | 'pin' | 'passkey'

export const stepNeeded = problem('step-needed', 403, 'Your second step is missing')
export const wrongSecondStep = problem('wrong-second-step', 401, 'This does not fit')
export const lastSecondStep = problem('last-second-step', 409, 'One second step has to stay')
export const changedInConsole = problem('changed-in-console', 409, 'You work here too')
export const alreadySetUp = problem('already-set-up', 409, 'This is set up already')

/** The words of every refusal of a second step, whatever was wrong, and also while it rests. */
export const wrongStep = () =>
  wrongSecondStep('Try again. After five wrong tries it rests for a quarter of an hour, then for longer')

/** Minutes that what can be guessed rests, after so many wrong tries in a row; the last counts for every further five. */
export const rests = [
  { tries: 5, minutes: 15 },
  { tries: 10, minutes: 60 },
  { tries: 15, minutes: 24 * 60 }
] as const

/** Whose second steps are changed, and by which sign-in of theirs. */
export interface StepOwner {
  kind: 'staff' | 'person'
  person: string
  session: string
  /** This sign-in passed a second step, or began when there was none to pass. */
  stepped: boolean
}
