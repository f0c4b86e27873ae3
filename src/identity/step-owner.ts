import { type Actor, signInNeeded } from './actor.ts'
import type { StepOwner } from './second-step.ts'

/** Whoever is signed in, as the owner of second steps. @throws sign-in-needed */
export function stepOwner(actor: Actor): StepOwner {
  if (actor.kind !== 'staff' && actor.kind !== 'person') throw signInNeeded('Sign in first')
  const { kind, person, session } = actor
  return { kind, person, session, stepped: actor.kind === 'person' ? actor.stepped : actor.step === 'passed' }
}
