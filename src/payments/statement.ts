/**
 * What stands on a card statement: the account's prefix, `* ` and the practice's own text, 22 characters in all.
 * https://docs.stripe.com/get-started/account/statement-descriptors
 */
const most = 22
const between = '* '
/** Stripe's least for a prefix. */
const shortestPrefix = 2

/** How long a practice's text may be, so that it stays whole after any account's shortest prefix. */
export const longestStatement = most - between.length - shortestPrefix

/** Latin letters, digits and signs, but none of those that Stripe refuses. */
const allowed = /^[ -~]+$/
const refused = /[<>\\'"*]/

/** @returns why Stripe would refuse the text on every payment; undefined where it takes it */
export function statementFault(text: string): string | undefined {
  if (text.length > most) return `it has more than ${most} characters`
  if (!/[A-Za-z]/.test(text)) return 'it has no Latin letter'
  if (!allowed.test(text)) return 'it has a character that is not Latin'
  return refused.test(text) ? 'it has one of < > \\ \' " *' : undefined
}

/** Whether the statement shows all of the text after the account's prefix. */
export function isWhole(text: string, prefix: string | null): boolean {
  return (prefix?.length ?? shortestPrefix) + between.length + text.length <= most
}
