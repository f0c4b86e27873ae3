import { z } from 'zod'

/** How much of what one address, browser or mailbox may ask for. The defaults are for one practice on one process. */
export interface Limits {
  /** Bookings, by network address and minute. */
  bookings: number
  /** Quotes and steps towards a booking, by network address and minute. */
  quotes: number
  /** Windows of free times that have to be made anew, by network address and minute. */
  windows: number
  /** Answers by a partner's link, words that somebody comes back by, codes to sign in with that are asked for and exports, by network address and minute. */
  answers: number
  /** Sign-ins that fail, by network address in a quarter of an hour. */
  signIns: number
  /** Sign-ins that fail, by account in a quarter of an hour. */
  signInTries: number
  /** Live unpaid holds, by browser and by mail address. */
  holds: number
  /** Per cent of a therapist's day that several unpaid holds may take together. */
  heldShare: number
  /** Codes that are mailed, by mailbox. */
  codesAnHour: number
  codesADay: number
}

/** The limits as the environment names them, each with its default. */
export const limitVariables = {
  LIMIT_BOOKINGS: limit(120),
  LIMIT_QUOTES: limit(1200),
  LIMIT_WINDOWS: limit(6000),
  LIMIT_ANSWERS: limit(60),
  LIMIT_SIGN_INS: limit(60),
  LIMIT_SIGN_IN_TRIES: limit(10),
  LIMIT_HOLDS: limit(5),
  LIMIT_HELD_SHARE: percent().optional(),
  LIMIT_CODES_AN_HOUR: limit(3),
  LIMIT_CODES_A_DAY: limit(20)
}

const Variables = z.object(limitVariables)

/**
 * @param sandbox whoever tries a demonstration out is alone with it, and every hold is theirs: their share of a day has
 * no limit unless one is set
 */
export function limitsFrom(given: z.output<typeof Variables>, sandbox: boolean): Limits {
  return Object.freeze({
    bookings: given.LIMIT_BOOKINGS,
    quotes: given.LIMIT_QUOTES,
    windows: given.LIMIT_WINDOWS,
    answers: given.LIMIT_ANSWERS,
    signIns: given.LIMIT_SIGN_INS,
    signInTries: given.LIMIT_SIGN_IN_TRIES,
    holds: given.LIMIT_HOLDS,
    heldShare: given.LIMIT_HELD_SHARE ?? (sandbox ? 100 : 50),
    codesAnHour: given.LIMIT_CODES_AN_HOUR,
    codesADay: given.LIMIT_CODES_A_DAY
  })
}

/** The limits where the environment names none. */
export function usualLimits(sandbox: boolean): Limits {
  return limitsFrom(Variables.parse({}), sandbox)
}

function limit(usual: number) {
  const error = 'must be a whole number from 1 to 1000000'
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(1_000_000, { error }).default(usual)
}

function percent() {
  const error = 'must be a whole number from 1 to 100'
  return z.coerce.number({ error }).int({ error }).min(1, { error }).max(100, { error })
}
