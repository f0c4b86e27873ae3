import type { SlotsView } from '../../availability/schema.ts'
import type { PracticeScope } from '../../identity/practice.ts'
import type { Deps } from '../../kernel/deps.ts'
import { type Choice, sealChoice } from '../choice.ts'

type Slot = SlotsView['slots'][number]
/** A free time near the one that is gone, with the sealed choice that its button leads to. */
export interface Alternative {
  slot: Slot
  sealed: string
}

/** Each alternative as a choice of its own. */
export function alternativesOf(
  { secrets }: Deps,
  scope: PracticeScope,
  choice: Choice,
  slots: readonly Slot[]
): Alternative[] {
  return slots.map(slot => {
    const { start, therapist, place } = slot
    return { slot, sealed: sealChoice(secrets, scope, { ...choice, start, therapist, place }) }
  })
}
