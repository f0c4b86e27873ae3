import type { DateTime } from 'luxon'

/** So many working days later (Monday to Friday), at the same local hour of the zone. */
export function afterWorkingDays(from: DateTime, zone: string, days: number): DateTime {
  let day = from.setZone(zone)
  for (let working = 0; working < days; ) {
    day = day.plus({ days: 1 })
    if (day.weekday <= 5) working += 1
  }
  return day.toUTC()
}
