import type { Plan } from '../../catalog/plan.ts'
import { answerDaysOf, type CancellationPolicy, type Keep, type Rules } from '../../catalog/rules.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { exponent } from '../../kernel/money.ts'

/**
 * A segment as it stands in the form: text as it was typed, days counted from one. `when`: on its day, or a step, which has a
 * gap (`min`, `max`) to the one before it, or to the first start.
 */
export const segmentFields = ['when', 'day', 'at', 'minutes', 'who', 'min', 'max', 'optional', 'price'] as const
export type SegmentDraft = Record<(typeof segmentFields)[number], string>

/** A band as it stands in the form. */
export const bandFields = ['notice', 'unit', 'keep', 'of'] as const
export type BandDraft = Record<(typeof bandFields)[number], string>

/** What stands in the form: as it is kept, or as it was typed. */
export interface TypeDraft {
  given: Readonly<Record<string, string>>
  segments: SegmentDraft[]
  bands: BandDraft[]
}

/** The fields that stand by themselves. */
export const singleFields = [
  'name',
  'description',
  'price',
  'dayExclusive',
  'within',
  'every',
  'times',
  'least',
  'most',
  'open',
  'before',
  'after',
  'grid',
  'notice',
  'horizon',
  'approval',
  'callEach',
  'answerDays',
  'pay',
  'percent',
  'daysBefore',
  'reminders'
] as const

/** A session type as the form shows it. */
export function draftOf({ name, description, price, plan, policy, rules }: SessionType): TypeDraft {
  const { repeat, within, dayExclusive } = plan
  const { before, after, grid, notice, horizon, approval, callEach, pay, reminders } = rules
  const given: Record<string, string | undefined> = {
    name,
    description,
    price: amountText(price.amount, price.currency),
    ...(dayExclusive && { dayExclusive: 'yes' }),
    within: within?.toString(),
    ...(repeat && {
      every: repeat.every.map(days => days / 7).join(', '),
      times: String(repeat.times),
      least: String(repeat.least),
      most: String(repeat.most),
      ...(repeat.open && { open: 'yes' })
    }),
    ...numbers({ before, after, grid, horizon }),
    notice: String(notice / 60),
    ...(approval && { approval: 'yes' }),
    ...(callEach && { callEach: 'yes' }),
    ...numbers({ answerDays: answerDaysOf(rules) }),
    pay: pay.mode,
    ...(pay.mode === 'deposit' && numbers({ percent: pay.percent, daysBefore: pay.daysBefore })),
    reminders: reminders.join(', ')
  }
  return {
    given: Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined)) as Record<string, string>,
    segments: plan.segments.map(segment => draftOfSegment(segment, price.currency)),
    bands: policy.bands.map(band => draftOfBand(band, price.currency))
  }
}

function draftOfSegment(segment: Plan['segments'][number], currency: string): SegmentDraft {
  const { day, at = '', minutes, who, after, before, optional, price } = segment
  const gap = after ?? (before && { min: before.hours, max: before.days })
  return {
    when: after ? 'after' : before ? 'before' : 'day',
    day: gap ? '' : String(day + 1),
    at,
    minutes: String(minutes),
    who,
    min: gap ? String(gap.min) : '',
    max: gap ? String(gap.max) : '',
    optional: optional ? 'yes' : '',
    price: price === undefined ? '' : amountText(price, currency)
  }
}

function draftOfBand({ notice, keep }: CancellationPolicy['bands'][number], currency: string): BandDraft {
  const [unit, count] = 'hours' in notice ? ['hours', notice.hours] : ['days', notice.days]
  return { notice: String(count), unit, ...keepText(keep, currency) }
}

function keepText(keep: Keep, currency: string): Pick<BandDraft, 'keep' | 'of'> {
  if ('fixed' in keep) return { keep: amountText(keep.fixed, currency), of: 'fixed' }
  if ('percentOfPrice' in keep) return { keep: String(keep.percentOfPrice), of: 'price' }
  return { keep: String(keep.percentOfDeposit), of: 'deposit' }
}

/** Minor units as somebody types them: `400` or `400.50`. */
function amountText(amount: number, currency: string): string {
  const digits = exponent(currency)
  const major = amount / 10 ** digits
  return Number.isInteger(major) ? String(major) : major.toFixed(digits)
}

function numbers(of: Partial<Pick<Rules, 'before' | 'after' | 'grid' | 'horizon'>> & Record<string, number>) {
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, String(value)]))
}
