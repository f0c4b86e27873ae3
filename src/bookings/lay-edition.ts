import type { DateTime } from 'luxon'
import { type Interval, lay, occupied } from '../catalog/lay.ts'
import { fixedSegments } from '../catalog/plan.ts'
import type { SessionType } from '../catalog/session-type.ts'
import type { PracticeScope } from '../identity/practice.ts'
import type { Settings } from '../kernel/deps.ts'
import { newId } from '../kernel/ids.ts'
import { invalid } from '../kernel/problem.ts'
import { instantOf, minutesOf } from '../kernel/time.ts'
import { dayNumber, instantsOf } from '../kernel/wall-clock.ts'
import { attended } from './edition.ts'
import type { FoundEdition } from './edition-store.ts'
import { newUid } from './uid.ts'

/** The blocks of an edition that begins on a local day, each at its own hour of its day. @throws invalid-input */
export function blocksFrom({ plan }: Pick<SessionType, 'plan'>, day: string, zone: string): Interval[] {
  const [first] = fixedSegments(plan)
  if (plan.anchor !== 'edition' || !first?.at) throw invalid([{ pointer: '/day', detail: 'This session has no dates' }])
  const [anchor] = instantsOf(zone, dayNumber(day), minutesOf(first.at))
  const blocks = anchor === undefined ? undefined : lay(plan, anchor, zone)
  if (!blocks)
    throw invalid([
      { pointer: '/day', detail: 'One of the blocks would begin at an hour that does not exist on its day' }
    ])
  return blocks
}

/** What blocks take of the calendar: stretches that tile whole days where the plan says so. */
export function stretchesOf(
  { plan, rules }: Pick<SessionType, 'plan' | 'rules'>,
  blocks: readonly Interval[],
  zone: string
) {
  return occupied(plan, blocks, rules, zone).map(({ start, end }) => ({
    start: instantOf(start),
    end: instantOf(end)
  }))
}

/** Everything that an edition puts on the calendar: its blocks, what they take, and its therapists' own entries. */
export function layEdition(
  scope: PracticeScope,
  settings: Settings,
  { id: editionId, placeId, therapist, second }: Pick<FoundEdition, 'id' | 'placeId' | 'therapist' | 'second'>,
  resources: readonly string[],
  type: Pick<SessionType, 'plan' | 'rules'>,
  laid: readonly Interval[],
  now: DateTime
) {
  const practiceId = scope.practice.id
  const { zone } = therapist
  const during = stretchesOf(type, laid, zone)
  const blocks = laid.map(({ start, end, who }, ordinal) => ({
    practiceId,
    id: newId(),
    editionId,
    ordinal,
    who,
    startsAt: instantOf(start),
    endsAt: instantOf(end),
    zone,
    placeId,
    state: 'planned' as const
  }))
  return {
    blocks,
    taken: blocks.flatMap(({ id }, index) => {
      const stretch = during[index]
      if (!stretch) throw new Error('A block has no occupied time')
      return resources.map(resourceId => ({ practiceId, appointmentId: id, resourceId, during: stretch }))
    }),
    there: [therapist, ...(second ? [second] : [])].flatMap(({ personId }) =>
      attendanceOf(scope, settings, blocks, personId, now)
    )
  }
}

/** One therapist's own entries for the blocks that couples come to. */
export function attendanceOf(
  { practice }: PracticeScope,
  settings: Settings,
  blocks: readonly { id: string; who: Interval['who'] }[],
  personId: string,
  now: DateTime
) {
  return attended(blocks).map(({ id }) => ({
    practiceId: practice.id,
    appointmentId: id,
    personId,
    uid: newUid(settings),
    sequence: 0,
    revisedAt: now,
    response: 'needs_action' as const
  }))
}
