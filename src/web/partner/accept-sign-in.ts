import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '../../identity/actor.ts'
import { saveMailbox } from '../../identity/mailbox.ts'
import { faultOf } from '../../identity/pin.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import { nameIfMissing } from '../../identity/preferences.ts'
import { setPin } from '../../identity/set-pin.ts'
import { signInByCode } from '../../identity/sign-in-person.ts'
import { stepOwner } from '../../identity/step-owner.ts'
import { askedHere, keepSignedIn } from '../../identity/visit.ts'
import type { Faults } from '../components/fields.tsx'
import type { WebDeps } from '../deps.ts'
import { codeFault } from '../site/code-fault.ts'

const Text = z.string().max(300).optional()

/** What the form for the mailed code sends; of whoever is signed in already, nothing. */
export const AcceptForm = z.object({ request: z.uuid().optional(), code: Text, name: Text, mailbox: Text, pin: Text })

type Form = z.output<typeof AcceptForm>

interface SignedIn {
  actor: Actor
  /** Nobody had proven the address before. */
  isNew: boolean
  faults?: undefined
}

/**
 * Whoever is signed in, or signs in now by the code that was mailed to whom this browser asked for.
 * @returns or what is not right of what was typed
 */
export async function signInToAccept(
  deps: WebDeps,
  request: FastifyRequest & { body: Form }
): Promise<SignedIn | { faults: Faults }> {
  const { scope, actor, body, headers } = request
  if (!body.request || body.code === undefined) return { actor, isNew: false }
  // Before the code, which works once.
  const pin = body.mailbox === 'shared' ? faultOf(body.pin ?? '') : undefined
  if (pin) return { faults: { pin } }
  const given = { code: body.code.replace(/\D/g, ''), request: body.request, browser: askedHere(request) ?? '' }
  const signed = await signInByCode(deps, scope, { ...given, device: headers['user-agent'] }).catch(codeFault)
  if (typeof signed === 'string') return { faults: { code: signed } }
  const { id, person, steppedAt } = signed.session
  keepSignedIn(request, signed.session)
  return { actor: { kind: 'person', person, session: id, stepped: steppedAt !== null }, isNew: signed.isNew }
}

/**
 * Keeps what somebody said of themselves with their yes. Only of whoever is new: an address that was proven before is
 * somebody's, and whoever reads their mailbox too chooses no PIN for them.
 */
export async function keepOfYes(
  deps: WebDeps,
  scope: PracticeScope,
  { actor, isNew }: SignedIn,
  { name, mailbox, pin = '' }: Form
): Promise<void> {
  if (actor.kind !== 'person') return
  if (name?.trim()) await nameIfMissing(deps, scope, actor.person, name.trim())
  if (mailbox !== 'shared' || !isNew) return
  await setPin(deps, scope, stepOwner(actor), { pin })
  await saveMailbox(deps, scope, actor.person, true)
}
