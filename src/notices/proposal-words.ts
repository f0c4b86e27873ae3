import { isOpen } from '../bookings/private-proposal.ts'
import { findProposal } from '../bookings/proposal-store.ts'
import { linkOf } from '../bookings/read-private-proposal.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { NoticeDeps } from './mailer.ts'
import { type Office, render, type Words } from './render.ts'
import type { TemplateFor } from './template.ts'
import { momentText, zoneText } from './wording.ts'

/** What is written to whom the practice proposes something: neither what nor when, for a mailbox has more than one reader. */
export const proposalWords = {
  proposed: {
    facts: ['until', 'zone', 'link'],
    subject: 'Something for you to look at',
    paragraphs: [
      'Hello, as we said, here is something for you to look at, when it suits you.',
      'It is there until {until} ({zone}): {link}'
    ],
    bare: 'Hello, as we said, there is something for you to look at. Ask us for it, in a way that suits you.'
  }
} as const satisfies Record<string, TemplateFor<'client'>>

export function isForProposal(name: string): name is keyof typeof proposalWords {
  return Object.hasOwn(proposalWords, name)
}

/** What the mail says now, or nothing where there is nothing to answer any more. Where others read the mailbox, it opens nothing. */
export async function proposalMail(
  deps: NoticeDeps,
  scope: PracticeScope,
  person: Person,
  id: string,
  office: Office
): Promise<Words | undefined> {
  const full = await findProposal(deps.db, scope, { id })
  if (!full || !isOpen(full.proposal, deps.now())) return undefined
  const { proposed } = proposalWords
  if (person.sharedMailbox) return render({ ...proposed, paragraphs: [proposed.bare] }, {}, office)
  const until = momentText(full.proposal.until.setZone(person.zone))
  return render(
    proposed,
    { until, zone: zoneText(person.zone), link: await linkOf(deps, scope, full.proposal) },
    office
  )
}
