import { randomBytes } from 'node:crypto'

let drawn = Buffer.alloc(0)

/**
 * Unguessable bytes, each given once: drawn by the page, because asking the system takes 3 µs however few are asked. A page
 * that was given is never written again.
 */
export function random(length: number): Buffer {
  if (drawn.length < length) drawn = randomBytes(Math.max(4096, length))
  const given = drawn.subarray(0, length)
  drawn = drawn.subarray(length)
  return given
}
