import { type Actor, signInNeeded } from './actor.ts'

/** Who is signed in, by which sign-in of theirs. @throws sign-in-needed where it is no person */
export function signedInPerson(actor: Actor): { person: string; session: string } {
  if (actor.kind !== 'person' || !actor.stepped) throw signInNeeded('Sign in first')
  return { person: actor.person, session: actor.session }
}
