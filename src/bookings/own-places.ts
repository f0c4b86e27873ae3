import type { DateTime } from 'luxon'
import { listSessionTypes } from '../catalog/store.ts'
import type { Actor } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import { signedInPerson } from '../identity/signed-in.ts'
import type { Deps } from '../kernel/deps.ts'
import { listBlocks } from './block-store.ts'
import { viewBlocks } from './edition-schema.ts'
import { findEdition } from './edition-store.ts'
import { lineLink } from './join-waitlist.ts'
import { listPlacesOf } from './mailbox-store.ts'
import { findOpenOffer } from './offer-store.ts'

/** Dates that somebody waits for: not how many wait before them. */
export interface OwnPlace {
  start: DateTime
  end: DateTime
  /** What it is, in the practice's words. */
  name: string
  /** Until when a seat is kept for them, where one is. */
  until: DateTime | undefined
  /** The path of its page; undefined for the other of two, whose place it is as well: whoever asked answers there. */
  page: string | undefined
}

/** The dates ahead that a person waits for, and those that the couple waits for to which they belong. */
export async function listOwnPlaces(deps: Deps, scope: PracticeScope, actor: Actor): Promise<OwnPlace[]> {
  const { db } = deps
  const now = deps.now()
  const own = await ownIds(db, scope, signedInPerson(actor).person)
  const types = await listSessionTypes(db, scope)
  const places: OwnPlace[] = []
  for (const entry of await listPlacesOf(db, scope, own)) {
    const edition = await findEdition(db, scope, entry.editionId)
    const { start, end } = viewBlocks(await listBlocks(db, scope, [entry.editionId]))
    if (!edition || start <= now) continue
    const offer = await findOpenOffer(db, scope, entry.id)
    places.push({
      start,
      end,
      name: types.find(({ id }) => id === edition.sessionTypeId)?.name ?? '',
      until: offer && offer.expiresAt > now ? offer.expiresAt : undefined,
      page: own.includes(entry.personId) ? new URL(await lineLink(deps, scope, entry)).pathname : undefined
    })
  }
  return places
}
