import type { DateTime } from 'luxon'
import { type Money, moneyText } from '../../kernel/money.ts'
import { dayText, momentText, startText } from '../../notices/wording.ts'

/** Nothing is seen of it: where it stands, no line ends. A dash would let one end after it. */
const joiner = '\u2060'

/** `50 minutes`, `2 hours 30 minutes`. */
export function durationText(minutes: number): string {
  if (minutes < 120) return `${minutes} minutes`
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return rest ? `${hours} hours ${rest} minutes` : `${hours} hours`
}

/** `$400`, or `Free`. */
export function priceText(price: Money): string {
  return price.amount === 0 ? 'Free' : moneyText(price)
}

/** `10:00–11:20`, by the wall clock of the times' own zone: a page never breaks it over two lines. */
export function timeText(start: DateTime, end: DateTime): string {
  return `${startText(start)}–${joiner}${startText(end)}`
}

/** `Tue 14 May, 10:00–11:20 EDT`, by the wall clock of `zone`; of several days `Tue 14 May, 09:00 EDT, to Thu 16 May`. */
export function rangeText(start: DateTime, end: DateTime, zone: string): string {
  const [from, to] = [start.setZone(zone), end.setZone(zone)]
  if (to >= from.plus({ days: 1 })) return `${untilText(start, zone)}, to ${dayText(to)}`
  return `${dayText(from)}, ${timeText(from, to)} ${zoneMark(from)}`
}

/** `Sun 12 May, 10:00 EDT`. */
export function untilText(time: DateTime, zone: string): string {
  const local = time.setZone(zone)
  return `${momentText(local)} ${zoneMark(local)}`
}

/** The zone's usual short name at that time: `EDT`, `GMT+2`. */
export function zoneMark(time: DateTime): string {
  return time.toFormat('ZZZZ', { locale: 'en-US' })
}

/**
 * `$1,200 now, $1,200 on Wed 3 Mar`: what is due when, the first at once.
 * @param approval whether the first is charged by the practice's yes alone
 */
export function duesText(dues: readonly { amount: Money; dueAt: DateTime }[], zone: string, approval: boolean): string {
  const first = approval ? 'when it is confirmed' : 'now'
  return dues
    .map(
      ({ amount, dueAt }, index) => `${moneyText(amount)} ${index === 0 ? first : `on ${dayText(dueAt.setZone(zone))}`}`
    )
    .join(', ')
}

/** As a sentence ends. */
export function sentence(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`
}
