import type { PracticeScope } from '../identity/practice.ts'
import type { Database } from '../kernel/database.ts'
import { type Offer, readOffer } from './offer-store.ts'

/** What was read of each database, by practice and type. A practice has a dozen types: nothing is dropped for room. */
const known = new WeakMap<Database, Map<string, Offer>>()

/**
 * A session type and who offers it where: read once, and anew after it was found to be another. What is done with it must
 * ask the catalogue's mark in the same question as whatever else it needs.
 * @returns undefined where there is no such type
 */
export async function knownOffer(db: Database, scope: PracticeScope, slug: string): Promise<Offer | undefined> {
  const offers = offersOf(db)
  const key = keyOf(scope, slug)
  const offer = offers.get(key) ?? (await readOffer(db, scope, slug))
  if (offer) offers.set(key, offer)
  return offer
}

/** The catalogue has changed since an offer was read: whoever acted on it begins again, and it is read anew. */
export class OfferChanged extends Error {}

/** Runs what acts on a known offer; without one where it has changed meanwhile, or there is none. */
export async function withOffer<Result>(
  db: Database,
  scope: PracticeScope,
  slug: string,
  run: (offer: Offer | undefined) => Promise<Result>
): Promise<Result> {
  const offer = await knownOffer(db, scope, slug)
  try {
    return await run(offer)
  } catch (error) {
    if (!(error instanceof OfferChanged)) throw error
    offersOf(db).delete(keyOf(scope, slug))
    return run(undefined)
  }
}

function offersOf(db: Database): Map<string, Offer> {
  const offers = known.get(db) ?? new Map<string, Offer>()
  known.set(db, offers)
  return offers
}

const keyOf = ({ practice }: PracticeScope, slug: string) => `${practice.id} ${slug}`
