import { and, eq, inArray } from 'drizzle-orm'
import { privateProposals } from '../../db/schema/private-proposals.ts'
import { waitlistEntries } from '../../db/schema/waitlist.ts'
import type { Transaction } from '../kernel/database.ts'
import type { PracticeScope } from './practice.ts'

/** What has a page of its own to which a mail leads, by the name of its table: its address is kept, sealed, to be mailed again. */
const pages = { waitlist_entries: waitlistEntries, private_proposals: privateProposals } as const

export interface Page {
  table: keyof typeof pages
  id: string
  personId: string
  link: Buffer
}

/** The pages that were mailed to these persons: of places in line, and of what was proposed to them. */
export async function listPages(
  tx: Transaction,
  { practice }: PracticeScope,
  persons: readonly string[]
): Promise<Page[]> {
  const found: Page[] = []
  for (const table of ['waitlist_entries', 'private_proposals'] as const) {
    const { practiceId, id, personId, link } = pages[table]
    const rows = await tx
      .select({ id, personId, link })
      .from(pages[table])
      .where(and(eq(practiceId, practice.id), inArray(personId, [...persons])))
    found.push(...rows.map(row => ({ table, ...row })))
  }
  return found
}

export async function savePage(
  tx: Transaction,
  { practice }: PracticeScope,
  { table, id }: Pick<Page, 'table' | 'id'>,
  address: { tokenHash: Buffer; link: Buffer }
): Promise<void> {
  const page = pages[table]
  await tx
    .update(page)
    .set(address)
    .where(and(eq(page.practiceId, practice.id), eq(page.id, id)))
}
