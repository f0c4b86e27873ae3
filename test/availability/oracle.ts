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
interface SoldSession {
  start: number
  end: number
  same: boolean
  begins: boolean
  demanding: boolean
  rest: number
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
  minutesPerDay?: number | undefined
  minutesPerWeek?: number | undefined
  perMonth?: number | undefined
  demanding?: boolean | undefined
  rest?: number | undefined
  /** What the therapist wants, whatever the type. */
  care?: {
    perDay?: number | undefined
    perWeek?: number | undefined
    minutesPerDay?: number | undefined
    minutesPerWeek?: number | undefined
    inRow?: { most: number; pause: number } | undefined
  }
  zone: string
  hours: { days: number[]; from: number; to: number; validFrom?: string | undefined; validTo?: string | undefined }[]
  exceptions: Map<string, { from: number; to: number }[]>
  /** Dates, both included, on which the hours are by another zone's clock, or closed (home's dates without a zone). */
  travels?: { first: string; last: string; zone?: string | undefined; closed: boolean }[] | undefined
  busy: number[]
  sold: SoldSession[]
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

/**
 * The same for so many minutes. Through an hour of one day that is as long on the wall as it is in truth the clock just goes
 * on; in every other hour it is looked at each minute.
 */
function wallClocks(zone: string, first: number, count: number): { date: string; minutes: number }[] {
  const clocks: { date: string; minutes: number }[] = []
  while (clocks.length < count) {
    const begin = first + clocks.length * minute
    const [from, to] = [wallClock(zone, begin), wallClock(zone, begin + 60 * minute)]
    const goesOn = from.date === to.date && to.minutes - from.minutes === 60
    for (let past = 0; past < 60; past += 1)
      clocks.push(goesOn ? { date: from.date, minutes: from.minutes + past } : wallClock(zone, begin + past * minute))
  }
  return clocks.slice(0, count)
}

/** Every start in [from, to), in whole minutes, that the rule allows. */
export function slowSlots(question: Question): number[] {
  const { plan, zone, hours, exceptions, now, from, to } = question
  const fixed = plan.segments.filter(segment => !segment.after)
  const span = Math.max(...fixed.map(({ day }) => day)) + 2
  const first = from - 3 * 1440 * minute
  const clock = wallClocks(zone, first, (to - from) / minute + (6 + span) * 1440)
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
    // What is sold is busy; a start into it is not asked about care.
    if (question.sold.some(({ start, end }) => start <= instant && instant < end)) return true
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
      if (!plan.dayExclusive) continue
      const { date } = at(segment.begin)
      for (const [index, wall] of clock.entries()) if (wall.date === date) taken.add(first + index * minute)
    }
    if ([...taken].some(isBusy)) return false
    const asked = laid.flatMap((segment, index) =>
      segment
        ? [
            {
              start: segment.begin,
              end: segment.end,
              same: true,
              begins: index === 0,
              demanding: question.demanding === true
            }
          ]
        : []
    )
    return isCaredFor(question, asked)
  })
}

type Own = Omit<SoldSession, 'rest'>

/** Every rule of care in its own sentence, each time from all that is sold and all that is asked for. */
function isCaredFor({ zone, sold, care = {}, ...type }: Question, own: Own[]): boolean {
  const all: Own[] = [...sold, ...own]
  const dateOf = ({ start }: Own) => wallClock(zone, start).date
  const sum = (some: Own[], weight: (session: Own) => number) =>
    some.reduce((total, session) => total + weight(session), 0)
  const spans: [
    keyof typeof care & ('perDay' | 'perWeek'),
    'minutesPerDay' | 'minutesPerWeek',
    (date: string) => string
  ][] = [
    ['perDay', 'minutesPerDay', date => date],
    ['perWeek', 'minutesPerWeek', monday]
  ]
  const withinCaps = (
    [
      [type, all.filter(({ same }) => same)],
      [care, all]
    ] as const
  ).every(([caps, counted]) =>
    spans.every(([sessions, minutes, spanOf]) =>
      own.every(session => {
        const together = counted.filter(other => spanOf(dateOf(other)) === spanOf(dateOf(session)))
        return (
          together.length <= (caps[sessions] ?? Infinity) &&
          sum(together, ({ start, end }) => (end - start) / minute) <= (caps[minutes] ?? Infinity)
        )
      })
    )
  )
  const beginning = own.filter(({ begins }) => begins)
  const withinMonth = beginning.every(session => {
    const month = dateOf(session).slice(0, 7)
    const begun = all.filter(other => other.same && other.begins && dateOf(other).slice(0, 7) === month)
    return begun.length <= (type.perMonth ?? Infinity)
  })
  const rested = own.every(session =>
    sold.every(
      other =>
        !meets(session.start, session.end, other.end, other.end + other.rest * minute) &&
        !meets(other.start, other.end, session.end, session.end + (type.rest ?? 0) * minute)
    )
  )
  return withinCaps && withinMonth && rested && own.every(session => isParted(session, all, care.inRow))
}

/** Reads the whole calendar in order, and measures the run of demanding sessions to which this one belongs. */
function isParted(session: Own, all: Own[], rule: { most: number; pause: number } | undefined): boolean {
  if (!rule || !session.demanding) return true
  const runs: Own[][] = []
  for (const next of [...all].sort((one, other) => one.start - other.start || one.end - other.end)) {
    const last = runs.at(-1)?.at(-1)
    const follows = last?.demanding && next.demanding && next.start - last.end < rule.pause * minute
    if (follows) runs.at(-1)?.push(next)
    else runs.push([next])
  }
  return runs.every(run => !run.includes(session) || run.length <= rule.most)
}

function meets(start: number, end: number, otherStart: number, otherEnd: number): boolean {
  return start < otherEnd && otherStart < end && start < end && otherStart < otherEnd
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
