import type { PracticeScope } from '../identity/practice.ts'
import type { Executor } from '../kernel/database.ts'
import { stepOf } from '../kernel/money.ts'
import { type Fault, invalid } from '../kernel/problem.ts'
import { Conditions } from './rules.ts'
import type { Segment } from './segment.ts'
import { listPlaces, listSessionTypes, listTherapists } from './store.ts'
import { typeBounds } from './type-bounds.ts'
import type { NewSessionType } from './type-schema.ts'

/** By whom and where, as ids. */
type OfferedIds = { therapist: string; place: string }[]

/**
 * All that is wrong with a session type as it is to be saved: conditions that do not fit each other, a price that no card
 * pays, names of what is not there.
 * @returns the offerings by their ids
 * @throws invalid-input with every fault named
 */
export async function checkType(db: Executor, scope: PracticeScope, given: NewSessionType): Promise<OfferedIds> {
  const { slug, price, plan, policy, rules, offerings } = given
  const [therapists, places, types] = await Promise.all([
    listTherapists(db, scope),
    listPlaces(db, scope),
    listSessionTypes(db, scope)
  ])
  const ids = (rows: readonly { slug: string; id: string }[]) => new Map(rows.map(({ slug, id }) => [slug, id]))
  const [byTherapist, byPlace] = [ids(therapists), ids(places)]
  const faults: Fault[] = (Conditions.safeParse({ policy, rules }).error?.issues ?? []).map(({ path, message }) => ({
    pointer: `/${path.join('/')}`,
    detail: message
  }))
  faults.push(...typeBounds(given))
  const { currency } = scope.practice
  if (price.currency !== currency)
    faults.push({ pointer: '/price/currency', detail: `The practice’s prices are in ${currency}` })
  const fixed = policy.bands.map(({ keep }) => ('fixed' in keep ? keep.fixed : 0))
  if ([price.amount, ...fixed].some(amount => amount % stepOf(currency) !== 0))
    faults.push({
      pointer: '/price',
      detail: `A card pays multiples of ${stepOf(currency)} minor units of ${currency}`
    })
  plan.segments.forEach((segment, index) => {
    const fault = stepFault(segment, rules.notice, stepOf(currency))
    if (fault) faults.push({ pointer: `/plan/segments/${index}`, detail: fault })
  })
  rules.first?.forEach((first, index) => {
    const pointer = `/rules/first/${index}`
    if (first === slug) faults.push({ pointer, detail: 'It cannot come before itself: nobody could begin' })
    else if (!types.some(type => type.slug === first))
      faults.push({ pointer, detail: `There is no session type “${first}”` })
  })
  const seen = new Set<string>()
  offerings.forEach(({ therapist, place }, index) => {
    const pointer = `/offerings/${index}`
    if (!byTherapist.has(therapist))
      faults.push({ pointer: `${pointer}/therapist`, detail: `There is no therapist “${therapist}”` })
    if (!byPlace.has(place)) faults.push({ pointer: `${pointer}/place`, detail: `There is no place “${place}”` })
    if (seen.has(`${therapist} ${place}`)) faults.push({ pointer, detail: 'Name each therapist and place once' })
    seen.add(`${therapist} ${place}`)
  })
  const most = Math.max(0, ...[...Map.groupBy(offerings, ({ place }) => place).values()].map(({ length }) => length))
  if (rules.therapists && offerings.length > 0 && most < rules.therapists)
    faults.push({ pointer: '/offerings', detail: 'Two therapists sit together: name two at one place' })
  if (faults.length > 0) throw invalid(faults)
  return offerings.map(({ therapist, place }) => ({
    therapist: byTherapist.get(therapist) ?? '',
    place: byPlace.get(place) ?? ''
  }))
}

/** Of a step what its type's rules forbid: a window that is over when the notice is just kept, a price that no card pays. */
function stepFault({ before, price = 0 }: Segment, notice: number, unit: number): string | undefined {
  if (price % unit !== 0) return `A card pays multiples of ${unit} minor units`
  if (before && notice < (before.hours + 24) * 60)
    return `The notice leaves no day for what comes before: at least ${(before.hours + 24) * 60} minutes`
  return undefined
}
