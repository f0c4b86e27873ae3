/** Of a view's appointments those that have a time: not the other's own, and not what gets its time later. */
export function timesOf<A extends object>(appointments: readonly A[]): Extract<A, { start: unknown }>[] {
  return appointments.filter((one): one is Extract<A, { start: unknown }> => 'start' in one)
}
