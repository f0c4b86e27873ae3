/**
 * The slot rule of the domain, minute by minute and slowly, from its sentence alone. It shares no code with the engine:
 * the wall clock is Intl's, days are looked up one minute after the other.
 */

interface Segment {
  minutes: number
  who: string
  day: number
  at?: string | undefined
  after?: object | undefined
}
export interface Question {
  plan: { anchor: string; dayExclusive: boolean; segments: Segment[] }
  before: number
  after: number
  grid: number
  notice: number
  horizon: number
  perDay?: number | undefined
  perWeek?: number | undefined
  zone: string
  hours: { days: number[]; from: number; to: number; validFrom?: string | undefined; validTo?: string | undefined }[]
  exceptions: Map<string, { from: number; to: number }[]>
  /** Dates, both included, on which the hours are by another zone's clock, or closed (home's dates without a zone). */
  travels?: { first: string; last: string; zone?: string | undefined; closed: boolean }[] | undefined
  busy: number[]
  sold: number[]
  from: number
  to: number
  now: number
}

const minute = 60_000
const formatters = new Map<string, Intl.DateTimeFormat>()

/** What a wall clock in the zone shows: the date and the minutes since its midnight. */
export function wallClock(zone: string, instant: number): { date: string; minutes: number } {
  let formatter = formatters.get(zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit'
    })
    formatters.set(zone, formatter)
  }
  const [, day, month, year, hours, minutes] = /(\d+)\/(\d+)\/(\d+), (\d+):(\d+)/.exec(formatter.format(instant)) ?? []
  return { date: `${year}-${month}-${day}`, minutes: Number(hours) * 60 + Number(minutes) }
}

/** Every start in [from, to), in whole minutes, that the rule allows. */
export function slowSlots(question: Question): number[] {
  const { plan, zone, hours, exceptions, now, from, to } = question
  const fixed = plan.segments.filter(segment => !segment.after)
  const span = Math.max(...fixed.map(({ day }) => day)) + 2
  const first = from - 3 * 1440 * minute
  const clock = Array.from({ length: (to - from) / minute + (6 + span) * 1440 }, (_, index) =>
    wallClock(zone, first + index * minute)
  )
  const at = (instant: number) => clock[(instant - first) / minute] ?? wallClock(zone, instant)
  const minutes = (start: number, end: number) =>
    Array.from({ length: Math.max(0, (end - start) / minute) }, (_, index) => start + index * minute)

  const isOpenBy = ({ date, minutes }: { date: string; minutes: number }): boolean => {
    const replaced = exceptions.get(date)
    if (replaced) return replaced.some(hours => hours.from <= minutes && minutes < hours.to)
    return hours.some(
      rule =>
        rule.days.includes(weekday(date)) &&
        (rule.validFrom ?? date) <= date &&
        date <= (rule.validTo ?? date) &&
        rule.from <= minutes &&
        minutes < rule.to
    )
  }
  const { travels = [] } = question
  const isOpen = (instant: number): boolean => {
    const home = at(instant)
    const isHome = !travels.some(({ first, last }) => first <= home.date && home.date <= last)
    if (isHome && isOpenBy(home)) return true
    return travels.some(({ first, last, zone, closed }) => {
      const there = zone ? wallClock(zone, instant) : home
      return !closed && first <= there.date && there.date <= last && isOpenBy(there)
    })
  }
  const isBusy = (instant: number): boolean => {
    for (let index = 0; index < question.busy.length; index += 2)
      if ((question.busy[index] ?? 0) <= instant && instant < (question.busy[index + 1] ?? 0)) return true
    return false
  }
  const firstMinuteOf = (date: string, wanted: number): number | undefined => {
    const index = clock.findIndex(wall => wall.date === date && wall.minutes === wanted)
    return index < 0 ? undefined : first + index * minute
  }

  return minutes(from, to).filter(start => {
    const own = at(start)
    if (plan.anchor === 'edition') return false
    if (plan.anchor === 'start' && own.minutes % question.grid !== 0) return false
    if (plan.anchor === 'day' && own.minutes !== timeOf(fixed[0]?.at)) return false
    if (start < now + question.notice * minute) return false
    if (own.date > later(wallClock(zone, now).date, question.horizon)) return false
    const starts = fixed.map(({ day, at: hour }) => {
      const wanted = hour === undefined ? own.minutes : timeOf(hour)
      return day === 0 && wanted === own.minutes ? start : firstMinuteOf(later(own.date, day), wanted)
    })
    const laid = starts.map((begin, index) =>
      begin === undefined ? undefined : { begin, end: begin + (fixed[index]?.minutes ?? 0) * minute }
    )
    const taken = new Set<number>()
    for (const segment of laid) {
      if (!segment) return false
      if (!minutes(segment.begin, segment.end).every(isOpen)) return false
      for (const each of minutes(segment.begin - question.before * minute, segment.end + question.after * minute))
        taken.add(each)
      const { date } = at(segment.begin)
      for (const [index, wall] of clock.entries())
        if (plan.dayExclusive && wall.date === date) taken.add(first + index * minute)
    }
    if ([...taken].some(isBusy)) return false
    const days = [...question.sold, ...laid.map(segment => segment?.begin ?? 0)].map(
      instant => wallClock(zone, instant).date
    )
    const ownDays = laid.map(segment => at(segment?.begin ?? 0).date)
    return ownDays.every(
      date =>
        days.filter(other => other === date).length <= (question.perDay ?? Infinity) &&
        days.filter(other => monday(other) === monday(date)).length <= (question.perWeek ?? Infinity)
    )
  })
}

function timeOf(text = '00:00'): number {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3))
}

function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

function weekday(date: string): number {
  return new Date(date).getUTCDay() || 7
}

function monday(date: string): string {
  return later(date, 1 - weekday(date))
}
