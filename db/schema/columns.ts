/** Column types that the tables share: how an instant, a stretch of time, money and sealed bytes lie in PostgreSQL. */
import { bigint, customType, uuid } from 'drizzle-orm/pg-core'
import { DateTime } from 'luxon'

/** A stretch of time, half-open: it contains its start and not its end. */
export interface Stretch {
  start: DateTime
  end: DateTime
}

/** An instant: timestamptz in PostgreSQL, a UTC DateTime in the program. */
export const instant = customType<{ data: DateTime; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: fromInstant,
  fromDriver: toInstant
})

/** @throws RangeError where it is no valid time */
function fromInstant(time: DateTime): string {
  return new Date(time.toMillis()).toISOString()
}

/** Sessions are in UTC and answer whole hours, which Date reads in a hundredth of the time that Luxon takes. */
function toInstant(text: string): DateTime {
  const ms = /^\d/.test(text) ? Date.parse(`${text.replace(' ', 'T')}:00`) : Number.NaN
  return Number.isNaN(ms) ? DateTime.fromSQL(text).toUTC() : DateTime.fromMillis(ms, { zone: 'utc' })
}

/** A half-open stretch of time: tstzrange in PostgreSQL. Only bounded, non-empty ones are ever written. */
export const stretch = customType<{ data: Stretch; driverData: string }>({
  dataType: () => 'tstzrange',
  toDriver: ({ start, end }) => `[${fromInstant(start)},${fromInstant(end)})`,
  fromDriver: text => {
    const [start, end] = text.replace(/[[\])("]/g, '').split(',')
    if (!start || !end) throw new TypeError('Not a valid range')
    return { start: toInstant(start), end: toInstant(end) }
  }
})

/** Bytes: sealed texts, look-up hashes, token hashes. */
export const bytes = customType<{ data: Buffer; driverData: Buffer }>({ dataType: () => 'bytea' })

/** A calendar date without a zone, `YYYY-MM-DD`. */
export const localDate = customType<{ data: string; driverData: string }>({ dataType: () => 'date' })

/** Minor units of the currency beside it. */
export const minorUnits = (name: string) => bigint(name, { mode: 'number' })

/** The practice that a row belongs to: the first part of every key. */
export const practiceId = () => uuid('practice_id').notNull()

/** A UUIDv7 made by the program, so that a row's id is known before it is written. */
export const id = (name = 'id') => uuid(name)
