import { listPlaces, listSessionTypes } from '../catalog/store.ts'
import { theTherapist } from '../catalog/therapist.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import { timeOfDay } from '../kernel/time.ts'
import { readHours } from './hours-store.ts'
import { type OpeningHours, weekdays } from './schema.ts'

/**
 * A therapist's weekly rules and the days that replace them, as they were saved.
 * @returns also the ETag that a later save must name
 */
export async function readOpeningHours(
  { db }: Deps,
  scope: PracticeScope,
  slug: string
): Promise<{ settings: OpeningHours; etag: string }> {
  const therapist = await theTherapist(db, scope, slug)
  const { hours, exceptions, revision } = await readHours(db, scope, therapist.id)
  const places = new Map((await listPlaces(db, scope)).map(place => [place.id, place.slug]))
  const types = new Map((await listSessionTypes(db, scope)).map(type => [type.id, type.slug]))
  const days = Map.groupBy(exceptions, exception => exception.date)
  return {
    etag: etagOf(revision),
    settings: {
      zone: therapist.zone,
      hours: hours.map(({ days, from, to, placeId, sessionTypes, validFrom, validTo }) => ({
        days: days.map(day => weekdays[day - 1] ?? 'mon'),
        from: timeOfDay(from),
        to: timeOfDay(to),
        ...(sessionTypes && { sessionTypes: sessionTypes.map(id => types.get(id) ?? id) }),
        ...(placeId && { place: places.get(placeId) ?? placeId }),
        ...(validFrom && { validFrom }),
        ...(validTo && { validTo })
      })),
      exceptions: [...days].map(([date, rows]) => ({
        date,
        hours: rows.flatMap(({ from, to }) =>
          from === null || to === null ? [] : [{ from: timeOfDay(from), to: timeOfDay(to) }]
        )
      }))
    }
  }
}

/** Whether If-Match allows a change of what has this ETag: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.1 */
export function allows(ifMatch: string, etag: string): boolean {
  return ifMatch.split(',').some(given => ['*', etag].includes(given.trim()))
}

/** A strong ETag (RFC 9110, 8.8.3) of the settings at this revision. */
export function etagOf(revision: number): string {
  return `"${revision}"`
}
