import { OpeningHours, weekdays } from '../../availability/schema.ts'
import type { Faults } from '../components/fields.tsx'

/** A weekly row as it was typed; empty texts mean “all” or “always”. */
export interface RuleDraft {
  days: readonly string[]
  from: string
  to: string
  place: string
  types: readonly string[]
  validFrom: string
  validTo: string
}

/** A single day as it was typed. Two rows of one date are two stretches of it. */
export interface ExceptionDraft {
  date: string
  from: string
  to: string
}

export interface HoursDraft {
  rules: RuleDraft[]
  exceptions: ExceptionDraft[]
}

type Form = Readonly<Record<string, string | string[] | undefined>>

/** What was saved, as rows. */
export function draftOf({ hours, exceptions }: OpeningHours): HoursDraft {
  return {
    rules: hours.map(({ days, from, to, place = '', sessionTypes = [], validFrom = '', validTo = '' }) => ({
      days,
      from,
      to,
      place,
      types: sessionTypes,
      validFrom,
      validTo
    })),
    exceptions: exceptions.flatMap(({ date, hours }) =>
      hours.length ? hours.map(({ from, to }) => ({ date, from, to })) : [{ date, from: '', to: '' }]
    )
  }
}

/** The rows of a posted form: fields `rule-0-from`, `rule-0-days` …, `day-0-date` … */
export function readDraft(form: Form): HoursDraft {
  const text = (name: string) => many(form[name])[0] ?? ''
  const rows = (kind: string, probe: string) =>
    Array.from({ length: 200 }, (_, index) => `${kind}-${index}`).filter(name => form[`${name}-${probe}`] !== undefined)
  return {
    rules: rows('rule', 'from').map(row => ({
      days: many(form[`${row}-days`]),
      from: text(`${row}-from`),
      to: text(`${row}-to`),
      place: text(`${row}-place`),
      types: many(form[`${row}-types`]),
      validFrom: text(`${row}-validFrom`),
      validTo: text(`${row}-validTo`)
    })),
    exceptions: rows('day', 'date').map(row => ({
      date: text(`${row}-date`),
      from: text(`${row}-from`),
      to: text(`${row}-to`)
    }))
  }
}

/** Adds or removes the row that a button names: `add-rule`, `remove-rule-2`, `add-exception`, `remove-day-0`. */
export function changeRows({ rules, exceptions }: HoursDraft, action: string): HoursDraft {
  const [, kind, index] = /^remove-(rule|day)-(\d+)$/.exec(action) ?? []
  const kept = <T>(rows: T[], of: string) => (kind === of ? rows.filter((_, at) => at !== Number(index)) : rows)
  const rule = { days: [], from: '09:00', to: '17:00', place: '', types: [], validFrom: '', validTo: '' }
  return {
    rules: action === 'add-rule' ? [...rules, rule] : kept(rules, 'rule'),
    exceptions: action === 'add-exception' ? [...exceptions, { date: '', from: '', to: '' }] : kept(exceptions, 'day')
  }
}

/** The settings that the rows mean, or a sentence for each field that is not right. */
export function settingsOf(
  { rules, exceptions }: HoursDraft,
  zone: string
): { settings?: OpeningHours; faults: Faults } {
  const dates = Map.groupBy(exceptions, ({ date }) => date)
  const parsed = OpeningHours.safeParse({
    zone,
    hours: rules.map(({ days, from, to, place, types, validFrom, validTo }) => ({
      days: weekdays.filter(day => days.includes(day)),
      from,
      to: midnight(to),
      ...(types.length > 0 && { sessionTypes: types }),
      ...(place && { place }),
      ...(validFrom && { validFrom }),
      ...(validTo && { validTo })
    })),
    exceptions: [...dates].map(([date, rows]) => ({
      date,
      hours: rows.filter(({ from, to }) => from || to).map(({ from, to }) => ({ from, to: midnight(to) }))
    }))
  })
  if (parsed.success) return { settings: parsed.data, faults: {} }
  const faults = parsed.error.issues.map(({ path, message }) => [fieldOf(path, exceptions), sentence(path, message)])
  return { faults: Object.fromEntries(faults) }
}

/** A time field knows no 24:00: an end at 00:00 is the end of the day. */
function midnight(to: string): string {
  return to === '00:00' ? '24:00' : to
}

function fieldOf([list, index, part, stretch, end]: PropertyKey[], exceptions: readonly ExceptionDraft[]): string {
  if (list === 'hours') return `rule-${String(index)}-${String(part ?? 'from')}`.replace('sessionTypes', 'types')
  const date = [...new Set(exceptions.map(({ date }) => date))][Number(index)]
  const rows = exceptions.flatMap((row, at) => (row.date === date ? [at] : []))
  return `day-${rows[part === 'hours' ? Number(stretch ?? 0) : 0] ?? 0}-${part === 'hours' ? String(end ?? 'from') : 'date'}`
}

function sentence([list, index, part]: PropertyKey[], message: string): string {
  const row = `${list === 'hours' ? 'Row' : 'Day'} ${Number(index) + 1}`
  if (part === 'date') return `${row}: choose the day`
  if (message.startsWith('Give a time of day')) return `${row}: give a time, such as 09:00`
  return part === 'days' && message.startsWith('Too small') ? `${row}: choose at least one day` : `${row}: ${message}`
}

function many(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
