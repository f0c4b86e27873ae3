import { choose } from '../availability/choose.ts'
import { overrides } from '../availability/override.ts'
import { lay } from '../catalog/lay.ts'
import { hasOpenSteps } from '../catalog/plan.ts'
import { runOf } from '../catalog/run.ts'
import { viewSteps } from '../catalog/schema.ts'
import { isAfterCalls } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { hashToken } from '../kernel/secrets.ts'
import { instantOf } from '../kernel/time.ts'
import { duesOf } from '../payments/due.ts'
import { typeOf } from './accept-privately.ts'
import { policyAhead } from './policy-ahead.ts'
import { isOpen, noSuchProposal } from './private-proposal.ts'
import type { OfferedView } from './private-proposal-schema.ts'
import { type FullProposal, findProposal, isKept } from './proposal-store.ts'
import { termsText } from './terms.ts'

/** The proposal that a link is about. @throws no-such-proposal where it is not whole or never was */
export async function openProposalLink({ db }: Deps, scope: PracticeScope, token: string): Promise<FullProposal> {
  const full = token.length === 43 ? await findProposal(db, scope, { hash: hashToken(token) }) : undefined
  if (!full) throw noSuchProposal('There is no such page')
  return full
}

/** What the holder of its link sees: each time with what it would mean, exactly. What was answered is not told again. */
export async function readOffer(deps: Deps, scope: PracticeScope, full: FullProposal): Promise<OfferedView> {
  const { proposal, starts } = full
  const now = deps.now()
  const asked = await typeOf(deps, scope, full)
  const type = runOf(asked) ?? asked
  const open = isOpen(proposal, now)
  // What can be left out is not part of what was proposed.
  const steps = open && hasOpenSteps(type.plan) ? viewSteps(type).filter(({ optional }) => !optional) : []
  const times: OfferedView['times'] = []
  for (const start of open ? starts.filter(start => start > now) : []) {
    const dues = duesOf(type, start, scope.practice.zone, now)
    const laid = lay(type.plan, start.toMillis(), full.therapist.zone) ?? []
    times.push({
      start,
      free: await isFree(deps, scope, full, start.toMillis()),
      appointments: laid.map(({ start, end, who }) => ({ start: instantOf(start), end: instantOf(end), who })),
      dues: dues.map(({ reason, amount, dueAt }) => ({ reason, amount, dueAt })),
      policy: policyAhead(type, start, dues, scope.practice.zone, now)
    })
  }
  return {
    state: open ? 'open' : 'over',
    until: proposal.until,
    price: type.price,
    terms: termsText(type, scope.practice),
    ...(steps.length > 0 && { steps }),
    termsVersion: scope.practice.termsVersion,
    ...(isAfterCalls(type) && { before: proposal.spokenWithEach ? 'other' : 'calls' }),
    times
  }
}

/** What is kept for it is free for it; anything else is asked of the calendar. */
async function isFree(deps: Deps, scope: PracticeScope, full: FullProposal, start: number): Promise<boolean> {
  if (await isKept(deps.db, scope, full.proposal.id)) return true
  const type = await typeOf(deps, scope, full)
  const at = { slug: type.slug, start, therapist: full.therapist.slug, place: full.place.slug }
  const choice = { ...at, forStaff: { override: overrides, type } }
  return (await choose(deps.db, scope, choice, deps.now().toMillis())).verdict === 'free'
}
