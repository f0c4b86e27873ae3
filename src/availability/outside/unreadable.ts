/**
 * Why a calendar could not be had. Kept with the calendar, so that a person can be told what to do; it names nothing
 * of it.
 */
export const faults = [
  'unreachable',
  'too-slow',
  'not-public',
  'too-large',
  'refused',
  'gone',
  'elsewhere',
  'unavailable',
  'not-a-calendar',
  'no-calendar',
  'cut-off',
  'too-much'
] as const
export type Fault = (typeof faults)[number]

/** A calendar that cannot be had or read as a whole: what was known of it stays. */
export class Unreadable extends Error {
  readonly fault: Fault

  constructor(fault: Fault) {
    super(fault)
    this.name = 'Unreadable'
    this.fault = fault
  }
}
