import { calendarOf, offerOf } from './calendar.ts'
import { findSlots, type Slot } from './engine.ts'
import { type Override, relaxed } from './override.ts'
import { firstPair, howMany, type Offered } from './pair.ts'
import type { Asked, Loaded } from './window-store.ts'

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
 * @param override which rules staff set aside
 */
export function openSlots(loaded: Loaded, asked: Asked, now: number, override: readonly Override[] = []): OpenSlot[] {
  const { type, offerings } = loaded
  if (!type) return []
  const window = { from: asked.from, to: asked.to, now }
  const found = offerings.map(offering => {
    const { offer, calendar } = relaxed(offerOf(type), calendarOf(loaded, type, offering), override)
    return { offering, slots: findSlots(offer, calendar, window) }
  })
  const slots = howMany(type) === 1 ? firstOf(found) : together(found, asked.therapist)
  return offerings.length > 1 ? slots.sort((one, other) => one.start - other.start) : slots
}

/** What each way to have it has free, in the practice's order. */
type Found = readonly { offering: Offered; slots: readonly Slot[] }[]

function firstOf(found: Found): OpenSlot[] {
  const seen = new Set<number>()
  const open: OpenSlot[] = []
  for (const { offering, slots } of found)
    for (const { start, end, segments } of slots) {
      if (seen.has(start)) continue
      seen.add(start)
      open.push({ start, end, segments, offering })
    }
  return open
}

function together(found: Found, therapist: string | undefined): OpenSlot[] {
  const free = new Map<number, { slot: Slot; offerings: Offered[] }>()
  for (const { offering, slots } of found)
    for (const slot of slots) {
      const there = free.get(slot.start)
      if (there) there.offerings.push(offering)
      else free.set(slot.start, { slot, offerings: [offering] })
    }
  return [...free.values()].flatMap(({ slot, offerings }) => {
    const offering = firstPair(offerings, therapist)
    return offering ? [{ ...slot, offering }] : []
  })
}
