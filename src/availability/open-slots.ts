import { calendarOf, offerOf } from './calendar.ts'
import { findSlots } from './engine.ts'
import type { Asked, Loaded } from './store.ts'

/** A start at which the whole plan fits, with whom and where. Milliseconds since 1970-01-01T00:00Z. */
export interface OpenSlot {
  start: number
  end: number
  segments: readonly { start: number; end: number; who: string }[]
  offering: Loaded['offerings'][number]
}

/** Every open start of a window, each once: with the first therapist and place, in the practice's order, that are free then. */
export function openSlots(loaded: Loaded, asked: Asked, now: number): OpenSlot[] {
  const { type, offerings } = loaded
  if (!type) return []
  const found = new Map<number, OpenSlot>()
  for (const offering of offerings)
    for (const slot of findSlots(offerOf(type), calendarOf(loaded, type, offering), {
      from: asked.from,
      to: asked.to,
      now
    }))
      if (!found.has(slot.start)) found.set(slot.start, { ...slot, offering })
  const slots = [...found.values()]
  return offerings.length > 1 ? slots.sort((one, other) => one.start - other.start) : slots
}
