import { listBlocks } from '../bookings/block-store.ts'
import { viewBlocks } from '../bookings/edition-schema.ts'
import { findEdition } from '../bookings/edition-store.ts'
import { lineLink } from '../bookings/join-waitlist.ts'
import { findOpenOffer } from '../bookings/offer-store.ts'
import { type Entry, findEntry } from '../bookings/waitlist-store.ts'
import type { Person } from '../identity/people.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { linkBase } from '../identity/scope.ts'
import { lineWords } from './line-words.ts'
import type { NoticeDeps } from './mailer.ts'
import { type Office, render, type Words, wordingFor } from './render.ts'
import { askedBy, type Facts } from './template.ts'
import { dayText, momentText, timeText, zoneText } from './wording.ts'

type LineTemplate = keyof typeof lineWords

/** The words to whoever waits for dates, by their own clock; nothing where what they say is true no longer. */
export async function lineMail(
  deps: NoticeDeps,
  scope: PracticeScope,
  template: LineTemplate,
  entryId: string,
  person: Person,
  office: Office
): Promise<Words | undefined> {
  const { db, settings } = deps
  const entry = await findEntry(db, scope, entryId)
  const edition = entry && (await findEdition(db, scope, entry.editionId))
  if (!entry || !edition) return undefined
  const offer = await findOpenOffer(db, scope, entryId)
  const until = offer && offer.expiresAt > deps.now() ? offer.expiresAt : undefined
  if (!isSo(template, entry, edition.state === 'cancelled', until !== undefined)) return undefined
  const [first] = viewBlocks(await listBlocks(db, scope, [entry.editionId])).appointments
  if (!first) return undefined
  const { zone } = person
  const start = first.start.setZone(zone)
  const { wording } = wordingFor(lineWords[template], person.sharedMailbox)
  const isOver = template === 'line-lapsed' || template === 'line-closed'
  const known: Partial<Facts> = {
    day: dayText(start),
    time: timeText(start, first.end.setZone(zone)),
    zone: zoneText(zone),
    ...(until && { until: momentText(until.setZone(zone)) }),
    link: isOver ? `${linkBase(settings, scope.practice)}/contact` : await lineLink(deps, scope, entry)
  }
  const asked = new Set(askedBy(wording))
  return render(
    wording,
    Object.fromEntries(Object.entries(known).filter(([fact]) => asked.has(fact as keyof Facts))),
    office
  )
}

/** A mail that waited too long must not tell what was true once. */
function isSo(template: LineTemplate, { state, provenAt }: Entry, cancelled: boolean, kept: boolean): boolean {
  switch (template) {
    case 'line-asked':
      return state === 'waiting' && provenAt === null
    case 'line-joined':
      return state === 'waiting' && provenAt !== null
    case 'line-offered':
      return kept
    case 'line-lapsed':
      return state === 'lapsed' && !cancelled
    case 'line-closed':
      return state === 'lapsed' && cancelled && provenAt !== null
  }
}
