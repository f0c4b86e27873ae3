import type { PracticeScope } from '../identity/practice.ts'
import { practiceScopes } from '../identity/scope.ts'
import { isAway } from '../kernel/database.ts'
import { forEachApart } from '../kernel/each.ts'
import { compose } from './compose.ts'
import { MailNotSent, type NoticeDeps } from './mailer.ts'
import { claim, listDuePractices, type MessageRow, settle } from './message-store.ts'
import { leaseMinutes, nextTry, triesOf } from './retry.ts'

/** Sends what is due in every practice. The due job asks each minute; nothing else tries a mail again. */
export async function sendDue(deps: NoticeDeps): Promise<void> {
  const scopes = practiceScopes(deps)
  await forEachApart(await listDuePractices(deps.db, deps.now()), async practice =>
    sendWaiting(deps, await scopes.forId(practice))
  )
}

/** After so long a round ends with the next mail that is not taken: behind a server that hangs, others wait for us. */
const roundSeconds = 45

/**
 * Sends what is due in one practice, each row by one worker alone. The row says `sending` before the mail leaves and
 * `sent` after it was taken: a crash between the two sends it again, under the same Message-ID. A mail that cannot be
 * written (its person's key is gone, a row is damaged) keeps no other: it is tried again like one that was not taken.
 */
export async function sendWaiting(deps: NoticeDeps, scope: PracticeScope): Promise<void> {
  const longEnough = deps.now().plus({ seconds: roundSeconds })
  for (;;) {
    const now = deps.now()
    const row = await claim(deps.db, scope, now, now.plus({ minutes: leaseMinutes }))
    if (!row) return
    if (row.state !== 'sending') {
      give(deps, row, 'no answer')
      continue
    }
    const done = await attempt(deps, scope, row).catch(async error => {
      if (isAway(error)) throw error
      deps.log.error({ ...idsOf(row), err: error }, 'A mail cannot be written')
      await putOff(deps, scope, row, 'unwritten')
      return false
    })
    if (!done && deps.now() > longEnough) return
  }
}

/** @returns whether the mail is done with: taken, or dropped */
async function attempt(deps: NoticeDeps, scope: PracticeScope, row: MessageRow): Promise<boolean> {
  const mail = await compose(deps, scope, row)
  if (!mail) {
    await settle(deps.db, scope, row, { state: 'failed' })
    deps.log.info(idsOf(row), 'A mail was dropped: what it says is true no longer')
    return true
  }
  try {
    await deps.mailer.send(mail)
  } catch (error) {
    if (!(error instanceof MailNotSent)) throw error
    await putOff(deps, scope, row, error.code)
    return false
  }
  const invitation = mail.invitation?.brings ?? null
  await settle(deps.db, scope, row, { state: 'sent', sentAt: deps.now(), invitation })
  return true
}

/** Tried again later, or given up after the last try. */
async function putOff(deps: NoticeDeps, scope: PracticeScope, row: MessageRow, code: string): Promise<void> {
  const given = row.tries >= triesOf(code)
  const outcome = given
    ? ({ state: 'failed' } as const)
    : ({ state: 'waiting', dueAt: nextTry(row.tries, deps.now()) } as const)
  await settle(deps.db, scope, row, outcome)
  if (given) give(deps, row, code)
  else deps.log.warn({ ...idsOf(row), code }, 'A mail was not taken and will be tried again')
}

function give({ log }: NoticeDeps, row: MessageRow, code: string): void {
  log.error({ ...idsOf(row), code }, 'A mail was given up')
}

/** Ids only: no name, no address, no token. */
function idsOf({ practiceId, id, template, tries }: MessageRow) {
  return { practice: practiceId, message: id, template, tries }
}
