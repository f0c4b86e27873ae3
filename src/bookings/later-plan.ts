import type { Plan } from '../catalog/plan.ts'
import type { Appointment } from './later.ts'

/** A plan of these appointments alone: each so many days after the first as its round lies after the first's. */
export function planOf(
  { repeat, segments, ...plan }: Plan,
  every: number | null,
  appointments: readonly Appointment[],
  packed: boolean
): Plan {
  const days = every ?? repeat?.every[0] ?? 7
  const roundOf = ({ ordinal }: Appointment) => Math.floor(ordinal / segments.length)
  const rounds = [...new Set(appointments.map(roundOf))]
  const [first] = rounds
  const dayOf = (one: Appointment) => {
    const round = packed ? rounds.indexOf(roundOf(one)) : roundOf(one) - (first ?? 0)
    return round * days + (segments[one.ordinal % segments.length]?.day ?? 0)
  }
  const offset = appointments[0] ? dayOf(appointments[0]) : 0
  return {
    ...plan,
    segments: appointments.map(one => ({
      minutes: Math.round(one.endsAt.diff(one.startsAt).as('minutes')),
      who: one.who,
      day: dayOf(one) - offset
    }))
  }
}
