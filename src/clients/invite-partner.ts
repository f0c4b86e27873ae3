import type { DateTime } from 'luxon'
import type { Actor } from '../identity/actor.ts'
import { actorName } from '../identity/actor.ts'
import { dataKeyOf } from '../identity/data-key.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import { type Executor, together } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { emit } from '../kernel/events.ts'
import { newId } from '../kernel/ids.ts'
import { notFound, problem } from '../kernel/problem.ts'
import { newToken, seal, unseal } from '../kernel/secrets.ts'
import {
  type InvitationRow,
  insertInvitation,
  listInvitations,
  lockInviter,
  updateInvitation
} from './invitation-store.ts'
import { inviterOf, isOf } from './inviter.ts'
import { type InvitationText, invitationTexts } from './partner-texts.ts'

/** For so long a link can be opened, and copied again by whoever made it. */
const openDays = 30
/** The next is made so long after the last, whatever was answered, so that a refusal tells nothing. */
const nextDays = 60

export const invitedAlready = problem('invited-already', 409, 'There was such a page not long ago')
export const notSetUp = problem('not-set-up', 409, 'The practice has not chosen yet what it keeps secret')

/** A partner's link as its inviter sees it: nothing of who opened it and what was answered. */
export interface Invitation {
  id: string
  url: string
  endsAt: DateTime
  /** The text with the link in it, for the inviter's own messenger. */
  message: string
  /** Whether its link was replaced already: that goes once. */
  replaced: boolean
}

/**
 * A page to share, for somebody whom the practice never writes to. Asked again while it is open, it is the same one in
 * another text; replaced, the old link opens nothing any more.
 * @throws invited-already within 60 days of the last, or for a second replacement; not-set-up
 */
export async function invitePartner(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  { text, replace = false }: { text: InvitationText; replace?: boolean | undefined }
): Promise<Invitation> {
  if (!scope.practice.policies.secrets) throw notSetUp('Ask the practice: it chooses this before it invites anybody')
  const { inviter, ids, client, therapist, only } = await inviterOf(deps.db, scope, actor)
  if (!client || !therapist) throw notFound('A page to share is made after a first booking')
  const now = deps.now()
  return deps.db.transaction(async tx => {
    await lockInviter(tx, scope, inviter)
    const [last] = await listInvitations(tx, scope, ids)
    const open = last && isOpen(last, now) && isOf(last, only) ? last : undefined
    if (open && !replace) return invitationOf(deps, tx, scope, open, text)
    if (open?.replacedAt) throw invitedAlready('Its link was replaced once already. It stays as it is until its end')
    if (!open && last && last.createdAt.plus({ days: nextDays }) > now)
      throw invitedAlready(`The next one can be made from ${last.createdAt.plus({ days: nextDays }).toISODate()} on`)
    const { token, hash } = newToken()
    const id = open?.id ?? newId()
    const url = `${linkBase(deps.settings, scope.practice)}/p/${token}`
    const key = await dataKeyOf(deps, tx, scope, inviter)
    const link = seal(key, { practice: scope.practice.id, table: 'partner_invitations', column: 'link', row: id }, url)
    const endsAt = open?.endsAt ?? now.plus({ days: openDays })
    const practice = scope.practice.id
    const made = { practice, actor: actorName(actor), kind: 'partner.invited', subjects: { invitation: id } }
    const people = { inviterId: inviter, clientId: client, therapistId: therapist }
    const state = { state: 'open', answers: 0, createdAt: now, endsAt } as const
    await together(
      open
        ? updateInvitation(tx, scope, id, { tokenHash: hash, link, replacedAt: now })
        : insertInvitation(tx, { practiceId: practice, id, ...people, tokenHash: hash, link, ...state }),
      emit(deps, tx, made)
    )
    return { id, url, endsAt, message: invitationTexts[text](url), replaced: open !== undefined }
  })
}

/** What is missing before a page can be made: nothing was booked, or the practice has not chosen what it keeps secret. */
export type Missing = 'booking' | 'choice'

/** An inviter's open invitation; where there is none, from when on the next can be made, and what is missing before. */
export async function readInvitation(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  text: InvitationText = 'curiosity'
): Promise<{ open: Invitation | undefined; nextFrom: DateTime | undefined; missing: Missing | undefined }> {
  const { ids, only, client } = await inviterOf(deps.db, scope, actor)
  const [last] = await listInvitations(deps.db, scope, ids)
  const now = deps.now()
  if (last && isOpen(last, now) && isOf(last, only))
    return { open: await invitationOf(deps, deps.db, scope, last, text), nextFrom: undefined, missing: undefined }
  const nextFrom = last?.createdAt.plus({ days: nextDays })
  const missing = !client ? 'booking' : scope.practice.policies.secrets ? undefined : 'choice'
  return { open: undefined, nextFrom: nextFrom && nextFrom > now ? nextFrom : undefined, missing }
}

/** Takes a link back: it opens nothing from now on. Safe to repeat. @throws not-found where it is not one's own */
export async function withdrawInvitation(deps: Deps, scope: PracticeScope, actor: Actor, id: string): Promise<void> {
  const { inviter, ids, only } = await inviterOf(deps.db, scope, actor)
  await deps.db.transaction(async tx => {
    await lockInviter(tx, scope, inviter)
    const own = (await listInvitations(tx, scope, ids)).find(row => row.id === id && isOf(row, only))
    if (!own) throw notFound('There is no such page')
    await updateInvitation(tx, scope, id, { state: 'withdrawn' })
  })
}

function isOpen({ state, endsAt }: InvitationRow, now: DateTime): boolean {
  return state === 'open' && endsAt > now
}

async function invitationOf(
  deps: Deps,
  db: Executor,
  scope: PracticeScope,
  { id, inviterId, link, endsAt, replacedAt }: InvitationRow,
  text: InvitationText
): Promise<Invitation> {
  const key = await dataKeyOf(deps, db, scope, inviterId)
  const url = unseal(key, { practice: scope.practice.id, table: 'partner_invitations', column: 'link', row: id }, link)
  return { id, url, endsAt, message: invitationTexts[text](url), replaced: replacedAt !== null }
}
