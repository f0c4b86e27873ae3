import { calendarOf, offerOf } from './calendar.ts'
import { findSlots, type Slot } from './engine.ts'
import { firstPair, howMany, type Offered } from './pair.ts'
import type { Asked, Loaded } from './store.ts'

/** A start at which the whole plan fits, with whom and where. Milliseconds since 1970-01-01T00:00Z. */
export interface OpenSlot {
  start: number
  end: number
  segments: readonly { start: number; end: number; who: string }[]
  offering: Offered
}

/**
 * Every open start of a window, each once: with the first therapist and place, in the practice's order, that are free then,
 * or with the first two who are. One sweep a therapist and place, however many of them are to sit together.
 */
export function openSlots(loaded: Loaded, asked: Asked, now: number): OpenSlot[] {
  const { type, offerings } = loaded
  if (!type) return []
  const offer = offerOf(type)
  const window = { from: asked.from, to: asked.to, now }
  const found = new Map<number, OpenSlot[]>()
  const single = howMany(type) === 1
  for (const offering of offerings)
    for (const slot of findSlots(offer, calendarOf(loaded, type, offering), window)) add(found, slot, offering, single)
  const slots = [...found.values()].flatMap(open => (single ? open : together(open, asked.therapist)))
  return offerings.length > 1 ? slots.sort((one, other) => one.start - other.start) : slots
}

function add(found: Map<number, OpenSlot[]>, slot: Slot, offering: Offered, single: boolean): void {
  const open = found.get(slot.start)
  if (!open) found.set(slot.start, [{ ...slot, offering }])
  else if (!single) open.push({ ...slot, offering })
}

function together(open: readonly OpenSlot[], therapist: string | undefined): OpenSlot[] {
  const offering = firstPair(
    open.map(slot => slot.offering),
    therapist
  )
  const [slot] = open.filter(slot => slot.offering.therapist === offering?.therapist)
  return offering && slot ? [{ ...slot, offering }] : []
}
