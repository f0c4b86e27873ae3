import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { DateTime } from 'luxon'
import type { Deps } from '../kernel/deps.ts'
import { signAccess } from './access-token.ts'
import type { Actor } from './actor.ts'
import {
  cookieNames,
  forgetPerson,
  forgetStaff,
  forgetStep,
  keepAsked,
  keepBrowser,
  keepPersonToken,
  keepStaffToken,
  keepStep
} from './cookies.ts'
import type { PracticeScope } from './practice.ts'
import { lifetimeOf, type Session } from './session.ts'

/** What is known of one request: whose practice, who asks, and by what they were known. */
export interface Visit {
  deps: Deps
  reply: FastifyReply
  scope: PracticeScope
  actor: Actor
  by: 'nothing' | 'header' | 'cookie'
  /** A token was sent that does not hold. */
  refused: boolean
}

/** The name of the hidden field that carries `formToken`. It is taken out of the body before the body is read. */
export const formTokenField = 'formToken'

const visits = new WeakMap<FastifyRequest, Visit>()
const browsers = new WeakMap<FastifyRequest, string>()

export function startVisit(request: FastifyRequest, visit: Visit): void {
  visits.set(request, visit)
}

/** Undefined on routes for machines, which belong to no practice. */
export function findVisit(request: FastifyRequest): Visit | undefined {
  return visits.get(request)
}

/** This browser's random id, for form tokens and limits; a browser that has none is given one with the answer. */
export function browserOf(request: FastifyRequest): string {
  const { deps, reply } = visitOf(request)
  const known = browsers.get(request) ?? request.cookies[cookieNames(deps.settings).browser]
  if (known && /^[\w-]{22}$/.test(known)) return known
  const id = randomBytes(16).toString('base64url')
  browsers.set(request, id)
  keepBrowser(reply, deps.settings, id)
  return id
}

/**
 * Proves that a form was given to this browser and this sign-in, for browsers that do not say where a request comes from.
 * Every page with a form carries it in the hidden field `formTokenField`.
 */
export function formToken(request: FastifyRequest): string {
  const { deps, scope, actor } = visitOf(request)
  const session = actor.kind === 'staff' || actor.kind === 'person' ? actor.session : ''
  return createHmac('sha256', deps.secrets.derive('form'))
    .update(`${scope.practice.id}\n${browserOf(request)}\n${session}`)
    .digest('base64url')
}

/** Whether the text is this browser's form token. */
export function isFormToken(request: FastifyRequest, given: unknown): boolean {
  const [text, wanted] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(formToken(request))]
  return text.length === wanted.length && timingSafeEqual(text, wanted)
}

/** Keeps somebody signed in on the pages: as long from each request as they may be idle, while the sign-in lives. */
export function keepSignedIn(request: FastifyRequest, session: Session): void {
  const { deps, scope, reply } = visitOf(request)
  const keep = session.kind === 'staff' ? keepStaffToken : keepPersonToken
  keep(reply, deps, signAccess(request.server.jwt, deps, scope, session, lifetimeOf(session).idle))
}

/** The secret that this browser kept when it last asked to sign in; whatever else the cookie holds is none. */
export function askedHere(request: FastifyRequest): string | undefined {
  const kept = request.cookies[cookieNames(visitOf(request).deps.settings).asked]
  return kept && /^[\w-]{43}$/.test(kept) ? kept : undefined
}

export function keepAskedHere(request: FastifyRequest, asked: { browser: string; expiresAt: DateTime }): void {
  const { deps, reply } = visitOf(request)
  keepAsked(reply, deps, asked)
}

/** Takes the cookie of whoever is signed in from this browser; `signOut` ends the sign-in itself. */
export function forgetSignedIn(request: FastifyRequest): void {
  const { deps, reply, actor } = visitOf(request)
  if (actor.kind === 'person') forgetPerson(reply, deps.settings)
  else forgetStaff(reply, deps.settings)
}

/** The token of a staff sign-in that waits in this browser for its second page. */
export function waitingHere(request: FastifyRequest): string | undefined {
  return request.cookies[cookieNames(visitOf(request).deps.settings).step]
}

export function keepWaitingHere(request: FastifyRequest, waiting: { token: string; expiresAt: DateTime }): void {
  const { deps, reply } = visitOf(request)
  keepStep(reply, deps, waiting)
}

export function forgetWaiting(request: FastifyRequest): void {
  const { deps, reply } = visitOf(request)
  forgetStep(reply, deps.settings)
}

function visitOf(request: FastifyRequest): Visit {
  const visit = visits.get(request)
  if (!visit) throw new Error('A route for machines has no practice and no visitor')
  return visit
}
