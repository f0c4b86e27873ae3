/** Everything of a booking that can be shown: nothing of it is ever shown but by one of these. `link`: where one joins by video. */
export const facts = [
  'time',
  'state',
  'place',
  'link',
  'therapist',
  'type',
  'names',
  'client',
  'amounts',
  'changes'
] as const
export type Fact = (typeof facts)[number]

/** Those who look. The first nine are the columns of the practice’s table; then those whom software adds. */
export const readers = [
  'partner A',
  'partner B',
  'own therapist',
  'other therapist',
  'assistant',
  'billing',
  'feeds',
  'Stripe',
  'owner',
  'mailed link',
  'mailed link on the day',
  'anybody else'
] as const
export type Reader = (typeof readers)[number]

/** By these staff tell clients apart. No client reads them: neither of themselves nor of the other. */
export const forStaff: readonly Fact[] = ['names', 'client']
const staff: readonly Reader[] = ['own therapist', 'other therapist', 'assistant', 'billing', 'owner']

export function isStaff(reader: Reader): boolean {
  return staff.includes(reader)
}
