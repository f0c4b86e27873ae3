import type { Clock } from './time.ts'

/** One turn that was asked for: taken, or refused with the seconds after which there are turns again. */
export type Turn = { wait: number; giveBack?: never } | { wait: 0; giveBack(): void }

export interface Limiter {
  take(key: string): Turn
}

interface Window {
  taken: number
  endsAt: number
}

/** Keys that are remembered at once; beyond that the oldest are forgotten, so that memory has an end too. */
const mostKeys = 20_000

/**
 * Counts turns by key in windows that begin with a key's first turn. It counts for its own process, in memory: nothing is
 * written down of who asked, and a restart begins anew.
 */
export function limiter(now: Clock, most: number, minutes: number): Limiter {
  const windows = new Map<string, Window>()
  const length = minutes * 60_000
  const open = (key: string, at: number): Window => {
    const known = windows.get(key)
    // A window of more than its length ahead was begun before the clock was set back.
    if (known && known.endsAt > at && known.endsAt <= at + length) return known
    const window = { taken: 0, endsAt: at + length }
    windows.delete(key)
    windows.set(key, window)
    const [oldest] = windows.keys()
    if (windows.size > mostKeys && oldest !== undefined) windows.delete(oldest)
    return window
  }
  return {
    take(key) {
      const at = now().toMillis()
      const window = open(key, at)
      if (window.taken >= most) return { wait: Math.ceil((window.endsAt - at) / 1000) }
      window.taken += 1
      return {
        wait: 0,
        giveBack() {
          window.taken -= 1
        }
      }
    }
  }
}
