import { pino } from 'pino'

/** A log that says nothing, unless LOG_LEVEL asks. */
export const silentLog = pino({ level: process.env.LOG_LEVEL ?? 'silent' })
