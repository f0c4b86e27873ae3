import type { DateTime } from 'luxon'
import { findPublicType } from '../catalog/read-session-types.ts'
import type { Rules } from '../catalog/rules.ts'
import { findVersion } from '../catalog/store.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { listBlocks } from './block-store.ts'
import { isBookableAt, publicState } from './edition.ts'
import { type DatesView, type EditionView, viewBlocks } from './edition-schema.ts'
import { type FoundEdition, listEditions } from './edition-store.ts'
import { countSeats, seatsOf } from './seat-store.ts'

/**
 * The dates of a session type that one can book or wait for, soonest first: each `open` or `waitlist`, and nothing tells
 * more of how many there are.
 * @throws no-such-session-type
 */
export async function listDates(deps: Deps, scope: PracticeScope, slug: string): Promise<DatesView[]> {
  const { db, now } = deps
  const type = await findPublicType(deps, scope, slug)
  const found = await listEditions(db, scope, { type: type.id, states: ['open', 'full'], since: now() })
  const ids = found.map(({ id }) => id)
  const [blocks, seats] = await Promise.all([listBlocks(db, scope, ids), countSeats(db, scope, ids)])
  const dates: DatesView[] = []
  for (const edition of found) {
    const view = viewBlocks(blocks.filter(({ editionId }) => editionId === edition.id))
    const used = seats.get(edition.id)
    const verdict = isBookableAt(await rulesOf(db, scope, edition), view.start, now(), edition.therapist.zone)
    if (view.start <= now() || verdict === 'too-far' || !used) continue
    dates.push({ id: edition.id, ...view, state: publicState(edition, used, verdict) })
  }
  return dates
}

/** Every edition that is not over, of all types, for staff. */
export async function listEditionsForStaff({ db, now }: Deps, scope: PracticeScope): Promise<EditionView[]> {
  const found = await listEditions(db, scope, { since: now().minus({ days: shownDays }) })
  const views: EditionView[] = []
  for (const edition of found) views.push(await viewEdition(db, scope, edition))
  return views
}

/** What is over stays in the list for so many days. */
const shownDays = 60

/** An edition as staff see it. */
export async function viewEdition(db: Executor, scope: PracticeScope, edition: FoundEdition): Promise<EditionView> {
  const { id, slug, therapist, second, place, state, smallest, largest, decideOn, decision } = edition
  const blocks = await listBlocks(db, scope, [id])
  return {
    id,
    sessionType: slug,
    therapist: therapist.slug,
    ...(second && { with: second.slug }),
    place: place.slug,
    ...viewBlocks(blocks),
    rest: blocks.flatMap(({ who, startsAt, endsAt }) => (who === 'nobody' ? [{ start: startsAt, end: endsAt }] : [])),
    state,
    min: smallest,
    max: largest,
    goNoGoOn: decideOn,
    decision,
    seats: await seatsOf(db, scope, id)
  }
}

/** The rules of the version that an edition was made with. */
async function rulesOf(
  db: Executor,
  scope: PracticeScope,
  { sessionTypeId, version }: Pick<FoundEdition, 'sessionTypeId' | 'version'>
): Promise<Rules> {
  const type = await findVersion(db, scope, sessionTypeId, version)
  if (!type) throw new Error(`The session type ${sessionTypeId} has lost its version ${version}`)
  return type.rules
}

/** Whether its first block is still ahead. */
export function isAhead(view: { start: DateTime }, now: DateTime): boolean {
  return view.start > now
}
