import type { JWT } from '@fastify/jwt'
import type { DateTime } from 'luxon'
import { z } from 'zod'
import type { Deps } from '../kernel/deps.ts'
import { hashToken } from '../kernel/secrets.ts'
import { type AccessToken, readAccess } from './access-token.ts'
import { type Action, type Actor, may } from './actor.ts'
import { cookieNames } from './cookies.ts'
import { openLink } from './links.ts'
import { ownIds } from './own-ids.ts'
import type { PracticeScope } from './practice.ts'
import type { Session, SessionKind } from './session.ts'
import { findPersonFamily, findStaffFamily } from './session-store.ts'
import { findReturn } from './token-store.ts'

/** What a request shows of whoever sent it. */
export interface Shown {
  authorization: string | undefined
  cookies: Readonly<Record<string, string | undefined>>
  /** The booking that the path names, if it names one. */
  booking: unknown
  /** What the route asks for. */
  action: Action | undefined
}

export interface Known {
  actor: Actor
  by: 'nothing' | 'header' | 'cookie'
  refused: boolean
  /** A cookie's sign-in: when its token was signed, and when it ends whatever happens. */
  signed?: { issuedAt: DateTime; session: Session }
}

/** Whoever came back by their words is that here alone: everywhere else they are who they are signed in as, or nobody. */
const ofWords: readonly Action[] = ['come back by words', 'read one’s own answer']
const BookingId = z.uuid()
const nobody: Known = { actor: { kind: 'anonymous' }, by: 'nothing', refused: false }

/**
 * Who asks, by the Authorization header (RFC 6750: an access token of a sign-in or a booking's token) or else by the
 * pages' cookies. A browser that has both a booking's cookie and a staff member's is the booker wherever a booker may be;
 * but whoever came by the mail's link, which shows the time alone, and is signed in as the booker, is that person.
 * What does not hold makes nobody, and is never an error here.
 */
export async function resolveActor(deps: Deps, scope: PracticeScope, jwt: JWT, shown: Shown): Promise<Known> {
  const { authorization, cookies, action } = shown
  if (authorization !== undefined) {
    const token = /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? ''
    const known =
      (await signedBy(deps, scope, jwt, token)) ??
      (await bookingBy(deps, scope, token)) ??
      (await returnBy(deps, scope, token))
    return known ? { ...known, by: 'header' } : { ...nobody, refused: true }
  }
  const names = cookieNames(deps.settings)
  const id = shown.booking === undefined ? undefined : BookingId.safeParse(shown.booking).data
  const booker = id ? await bookingBy(deps, scope, cookies[names.booking(id)], id) : undefined
  const person = await signedBy(deps, scope, jwt, cookies[names.person], 'person')
  const fits = person && (!action || may(person.actor, action))
  if (booker && fits && (await isSame(deps, scope, booker.actor, person.actor))) return { ...person, by: 'cookie' }
  if (booker && (!action || may(booker.actor, action))) return { ...booker, by: 'cookie' }
  const writer = action && ofWords.includes(action) ? cookies[names.return] : undefined
  const returned = writer ? await returnBy(deps, scope, writer) : undefined
  if (returned) return { ...returned, by: 'cookie' }
  if (fits) return { ...person, by: 'cookie' }
  const known = (await signedBy(deps, scope, jwt, cookies[names.staff], 'staff')) ?? booker ?? person
  return known ? { ...known, by: 'cookie' } : nobody
}

/** @param only the kind of sign-in that the cookie is for */
async function signedBy(
  deps: Deps,
  scope: PracticeScope,
  jwt: JWT,
  token: string | undefined,
  only?: SessionKind
): Promise<Omit<Known, 'by'> | undefined> {
  const said = token?.includes('.') ? readAccess(jwt, deps, scope, token) : undefined
  if (!said || (only && said.kind !== only)) return undefined
  return said.kind === 'staff' ? staffBy(deps, scope, said) : personBy(deps, scope, said)
}

async function staffBy({ db, now, settings }: Deps, scope: PracticeScope, said: AccessToken) {
  const { person, session, issuedAt } = said
  const family = await findStaffFamily(db, scope, session, now())
  if (family?.person !== person) return undefined
  const { roles, endsAt, steppedAt } = family
  const step = steppedAt ? 'passed' : settings.sandbox ? undefined : 'missing'
  const actor: Actor = { kind: 'staff', person, roles, session, ...(step && { step }) }
  const signed: Session = { id: session, kind: 'staff', person, trusted: false, steppedAt, endsAt }
  return { actor, refused: false, signed: { issuedAt, session: signed } }
}

async function personBy({ db, now }: Deps, scope: PracticeScope, { person, session, issuedAt }: AccessToken) {
  const family = await findPersonFamily(db, scope, session, now())
  if (family?.person !== person) return undefined
  const actor: Actor = { kind: 'person', person, session, stepped: family.steppedAt !== null }
  return { actor, refused: false, signed: { issuedAt, session: { id: session, kind: 'person' as const, ...family } } }
}

/** Whether the holder of a mail's link has signed in as the one whom the mail went to. */
async function isSame({ db }: Deps, scope: PracticeScope, booker: Actor, person: Actor): Promise<boolean> {
  if (booker.kind !== 'booking' || booker.purpose !== 'booking_mail') return false
  if (person.kind !== 'person' || !person.stepped) return false
  return (await ownIds(db, scope, person.person)).includes(booker.person)
}

async function bookingBy({ db, now }: Deps, scope: PracticeScope, token: string | undefined, booking?: string) {
  const link = token ? await openLink(db, scope, token, now()) : undefined
  if (!link || (booking !== undefined && link.subject !== booking)) return undefined
  const { person, subject, purpose } = link
  const actor: Actor = { kind: 'booking', booking: subject, person, purpose }
  return { actor, refused: false }
}

async function returnBy({ db, now }: Deps, scope: PracticeScope, token: string) {
  const answer = token.length === 43 ? await findReturn(db, scope, hashToken(token), now()) : undefined
  if (!answer) return undefined
  const actor: Actor = { kind: 'return', answer }
  return { actor, refused: false }
}
