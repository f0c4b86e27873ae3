import { listPlaces, listSessionTypes } from '../catalog/store.ts'
import type { Actor } from '../identity/actor.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Transaction } from '../kernel/database.ts'
import type { Deps } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { changedMeanwhile, type Fault, invalid } from '../kernel/problem.ts'
import { minutesOf } from '../kernel/time.ts'
import { readHours, writeHours } from './hours-store.ts'
import { allows, etagOf } from './read-opening-hours.ts'
import { type OpeningHours, weekdays } from './schema.ts'
import { onTheirCalendar } from './their-calendar.ts'

/**
 * Replaces a therapist's weekly rules and exceptions. What is sold stays sold.
 * @param ifMatch the ETag that was read, or undefined to replace whatever is there
 * @returns the new ETag
 * @throws not-allowed; changed-meanwhile; invalid-input naming unknown places, session types, another zone or a day named twice
 */
export async function saveOpeningHours(
  deps: Deps,
  scope: PracticeScope,
  actor: Actor,
  slug: string,
  settings: OpeningHours,
  ifMatch: string | undefined
): Promise<string> {
  return onTheirCalendar(deps, scope, actor, slug, async (tx, therapist, tell) => {
    const { revision, exceptions: before } = await readHours(tx, scope, therapist.id)
    if (ifMatch !== undefined && !allows(ifMatch, etagOf(revision)))
      throw changedMeanwhile('Somebody saved these opening hours after you read them. Read them again, then save')
    const known = await knownNames(tx, scope)
    refuseFaults(settings, therapist.zone, known)
    const own = { practiceId: scope.practice.id, resourceId: therapist.id }
    const hours = settings.hours.map(({ days, from, to, place, sessionTypes, validFrom, validTo }) => ({
      ...own,
      id: newId(),
      days: days.map(day => weekdays.indexOf(day) + 1),
      from: minutesOf(from),
      to: minutesOf(to),
      placeId: (place && known.places.get(place)) ?? null,
      sessionTypes: sessionTypes?.flatMap(type => known.types.get(type) ?? []) ?? null,
      validFrom: validFrom ?? null,
      validTo: validTo ?? null
    }))
    const exceptions = settings.exceptions.flatMap(({ date, hours }) => {
      const day = (hours.length ? hours : [null]).map(stretch => ({
        date,
        from: stretch && minutesOf(stretch.from),
        to: stretch && minutesOf(stretch.to)
      }))
      const since = sinceWhen(before, day) ?? deps.now()
      return day.map(stretch => ({ ...own, id: newId(), ...stretch, since }))
    })
    await writeHours(tx, scope, therapist.id, hours, exceptions, revision + 1)
    await tell('opening-hours.saved')
    return etagOf(revision + 1)
  })
}

type Exception = Awaited<ReturnType<typeof readHours>>['exceptions'][number]
type Day = Pick<Exception, 'date' | 'from' | 'to'>

/** Since when a day has these very hours; nothing where it had others, or those of its week. */
function sinceWhen(before: readonly Exception[], day: readonly Day[]): Exception['since'] {
  const text = (those: readonly Day[]) =>
    those
      .map(({ from, to }) => `${from}-${to}`)
      .sort()
      .join()
  const known = before.filter(({ date }) => date === day[0]?.date)
  return text(known) === text(day) ? (known[0]?.since ?? null) : null
}

interface Known {
  places: Map<string, string>
  types: Map<string, string>
}

async function knownNames(tx: Transaction, scope: PracticeScope): Promise<Known> {
  return {
    places: new Map((await listPlaces(tx, scope)).map(({ slug, id }) => [slug, id])),
    types: new Map((await listSessionTypes(tx, scope)).map(({ slug, id }) => [slug, id]))
  }
}

function refuseFaults({ zone, hours, exceptions }: OpeningHours, ownZone: string, { places, types }: Known): void {
  const faults: Fault[] = []
  if (zone !== ownZone) faults.push({ pointer: '/zone', detail: `These hours are kept in ${ownZone}` })
  hours.forEach(({ place, sessionTypes }, index) => {
    if (place && !places.has(place))
      faults.push({
        pointer: `/hours/${index}/place`,
        detail: `There is no place “${place}”: ${[...places.keys()].join(', ')}`
      })
    sessionTypes?.forEach((type, at) => {
      if (!types.has(type))
        faults.push({ pointer: `/hours/${index}/sessionTypes/${at}`, detail: `There is no session type “${type}”` })
    })
  })
  const seen = new Set<string>()
  exceptions.forEach(({ date }, index) => {
    if (seen.has(date)) faults.push({ pointer: `/exceptions/${index}/date`, detail: `${date} is named twice` })
    seen.add(date)
  })
  if (faults.length) throw invalid(faults)
}
