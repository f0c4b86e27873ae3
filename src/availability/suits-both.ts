import type { Stretch } from '../../db/schema/columns.ts'
import type { Actor } from '../identity/actor.ts'
import { ownIds } from '../identity/own-ids.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Deps } from '../kernel/deps.ts'
import type { SlotsView } from './schema.ts'
import { common, cursor, merged } from './stretches.ts'
import { findCouple, listTimes, listWishes } from './times-store.ts'

type Slot = SlotsView['slots'][number]

/** Possible times as flat instants in ms, sorted and joined. */
export function flatTimes(windows: readonly Stretch[]): number[] {
  return merged(windows.flatMap(({ start, end }) => [start.toMillis(), end.toMillis()]))
}

/** What lies in the possible times of everybody: nothing where somebody gave none. */
export function inAll(all: readonly (readonly number[])[]): number[] {
  const [first = [], ...rest] = all
  return rest.reduce<number[]>((one, other) => common(one, other), [...first])
}

/** Whether a slot lies whole, each of its appointments, in some times. */
export function liesIn({ appointments }: Slot, times: readonly number[]): boolean {
  const within = cursor(times)
  return appointments.every(({ start, end }) => within.covers(Date.parse(start), Date.parse(end)))
}

/**
 * The slots for whoever is signed in: marked where they suit both, if both members of a couple want to see that. The list is
 * never another: who reads no marks learns neither what the other gave nor whether they want it.
 */
export async function markSuiting(
  deps: Pick<Deps, 'db' | 'now'>,
  scope: PracticeScope,
  actor: Actor,
  slots: readonly Slot[]
): Promise<Slot[]> {
  const both = await timesOfBoth(deps, scope, actor)
  if (!both) return [...slots]
  return slots.map(slot => (isJoint(slot) && liesIn(slot, both) ? { ...slot, suitsBoth: true } : slot))
}

async function timesOfBoth(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  scope: PracticeScope,
  actor: Actor
): Promise<number[] | undefined> {
  if (actor.kind !== 'person' || !actor.stepped) return undefined
  const couple = await findCouple(db, scope, await ownIds(db, scope, actor.person))
  if (!couple) return undefined
  const wishes = await listWishes(db, scope, couple.client)
  if (!couple.members.every(member => wishes.includes(member))) return undefined
  const each = await Promise.all(couple.members.map(member => listTimes(db, scope, member, now())))
  return inAll(each.map(flatTimes))
}

const isJoint = ({ appointments }: Slot) => appointments.some(({ who }) => who === 'both')
