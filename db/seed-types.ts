import { Plan } from '../src/catalog/plan.ts'
import { CancellationPolicy, type Keep, Rules } from '../src/catalog/rules.ts'
import type { Segment } from '../src/catalog/segment.ts'
import type { Kind } from './schema/catalog.ts'

/** A session type of the demo practice, before it has ids. */
export interface SeedType {
  slug: string
  kind: Kind
  public: boolean
  name: string
  description: string
  price: number
  plan: Plan
  rules: Rules
  policy: CancellationPolicy
  places: readonly ('office' | 'video')[]
}

const hour = 60
const day = 24 * hour
const both = ['office', 'video'] as const
const nothing: Keep = { fixed: 0 }
const all: Keep = { percentOfPrice: 100 }
const untilTwoDays = policy([{ notice: { hours: 48 }, keep: nothing }], all)

/** Beside private days, for who wants them: a conversation before with each, and one together some weeks after. */
const around: Segment[] = [
  { minutes: 50, who: 'first', day: 0, before: { hours: 48, days: 42 }, optional: true, price: 25_000 },
  { minutes: 50, who: 'second', day: 0, before: { hours: 48, days: 42 }, optional: true, price: 25_000 },
  { minutes: 80, who: 'both', day: 0, after: { min: 28, max: 56 }, optional: true, price: 40_000 }
]

/** The seven kinds of session with their usual defaults. Open to the public are those that can be booked whole today. */
export const demoTypes: readonly SeedType[] = [
  {
    slug: 'consultation',
    kind: 'consultation',
    public: true,
    name: 'A first call',
    description: 'Twenty minutes by video or phone, on your own, free of charge. To ask, not to be persuaded.',
    price: 0,
    plan: single(20, 'first'),
    rules: rules({ after: 10, grid: 15, notice: 12 * hour, horizon: 30, pay: { mode: 'none' }, reminders: [24] }),
    policy: policy([], nothing),
    places: ['video']
  },
  {
    slug: 'individual',
    kind: 'individual',
    public: true,
    name: 'A session of your own',
    description: 'Fifty minutes just for you, to get clear about what you want and how to say it. Nobody else is told.',
    price: 25_000,
    plan: single(50, 'first'),
    rules: rules({ after: 10, grid: 30, notice: day, horizon: 60, pay: { mode: 'full' }, reminders: [72, 24] }),
    policy: untilTwoDays,
    places: both
  },
  {
    slug: 'couples',
    kind: 'couples',
    public: true,
    name: 'A session for two',
    description: 'Eighty minutes for the two of you: time enough for both to be heard.',
    price: 40_000,
    plan: single(80, 'both'),
    rules: rules({
      before: 10,
      after: 15,
      grid: 30,
      notice: 2 * day,
      horizon: 60,
      pay: { mode: 'full' },
      reminders: [72, 24]
    }),
    policy: untilTwoDays,
    places: both
  },
  {
    slug: 'weekly',
    kind: 'weekly',
    public: true,
    name: 'A regular hour',
    description:
      'The same eighty minutes for the two of you every week, or every second week. Twelve times, or as often as you choose.',
    price: 480_000,
    plan: Plan.parse({
      anchor: 'start',
      dayExclusive: false,
      apart: true,
      repeat: { every: [7, 14], times: 12, least: 2, most: 26, open: true },
      segments: [{ minutes: 80, who: 'both', day: 0 }]
    }),
    rules: rules({
      before: 10,
      after: 15,
      grid: 30,
      skips: { free: 4, makeUpDays: 7 },
      notice: 7 * day,
      horizon: 84,
      pay: { mode: 'full' },
      reminders: [72, 24]
    }),
    policy: untilTwoDays,
    places: both
  },
  ...[
    { days: 1, price: 250_000, name: 'One private day' },
    { days: 2, price: 480_000, name: 'Two private days' },
    { days: 3, price: 700_000, name: 'Three private days' }
  ].map(
    ({ days, price, name }): SeedType => ({
      slug: `intensive-${days}-day`,
      kind: 'intensive',
      public: true,
      name,
      description: 'A private intensive: mornings and afternoons with only the two of you.',
      price,
      plan: plan('day', [...blocks(days), ...around], true),
      rules: rules({
        before: 30,
        after: 60,
        grid: 30,
        notice: 21 * day,
        horizon: 180,
        approval: true,
        callEach: true,
        answerDays: 10,
        family: 'intensive',
        perMonth: 2,
        pay: { mode: 'deposit', percent: 50, daysBefore: 14 },
        reminders: [35 * 24, 17 * 24, 7 * 24, 48]
      }),
      policy: policy(
        [
          { notice: { days: 30 }, keep: { fixed: 25_000 } },
          { notice: { days: 15 }, keep: { percentOfDeposit: 50 } }
        ],
        all
      ),
      places: ['office']
    })
  ),
  {
    slug: 'retreat',
    kind: 'retreat',
    public: true,
    name: 'A retreat',
    description: 'Three days away with at most five other couples, and time to yourselves.',
    price: 480_000,
    plan: plan('edition', [...blocks(3), { minutes: 7 * hour, who: 'nobody', day: 3, at: '09:00' }], true),
    rules: rules({
      grid: 30,
      notice: 30 * day,
      horizon: 365,
      approval: true,
      callEach: true,
      answerDays: 10,
      pay: { mode: 'deposit', percent: 30, daysBefore: 60 },
      reminders: [97 * 24, 67 * 24, 37 * 24, 14 * 24, 72]
    }),
    policy: {
      ...policy(
        [
          { notice: { days: 90 }, keep: { fixed: 25_000 } },
          { notice: { days: 60 }, keep: { percentOfDeposit: 100 } },
          { notice: { days: 30 }, keep: { percentOfPrice: 50 } }
        ],
        all
      ),
      refilled: { fixed: 25_000 }
    },
    places: ['office']
  },
  {
    slug: 'programme-8-weeks',
    kind: 'programme',
    public: true,
    name: 'Eight weeks',
    description: 'Eight conversations together and one for each of you, with a clear end.',
    price: 360_000,
    plan: steps(
      [
        { minutes: 80, who: 'both', day: 0 },
        { minutes: 50, who: 'first', day: 0, after: { min: 1, max: 14 } },
        { minutes: 50, who: 'second', day: 0, after: { min: 0, max: 14 } },
        ...Array.from({ length: 7 }, (): Segment => ({ minutes: 80, who: 'both', day: 0, after: { min: 5, max: 14 } }))
      ],
      120
    ),
    rules: rules({
      before: 10,
      after: 15,
      grid: 30,
      notice: 7 * day,
      horizon: 120,
      approval: true,
      freeMoves: 2,
      pay: { mode: 'full', instalments: { times: 3, days: 30 } },
      reminders: [72, 24]
    }),
    policy: untilTwoDays,
    places: both
  },
  {
    slug: 'assessment',
    kind: 'programme',
    public: true,
    name: 'An assessment',
    description: 'One conversation together, one for each of you, and one in which you hear what we see.',
    price: 140_000,
    plan: steps(
      [
        { minutes: 90, who: 'both', day: 0 },
        { minutes: 50, who: 'first', day: 0, after: { min: 1, max: 14 } },
        { minutes: 50, who: 'second', day: 0, after: { min: 0, max: 14 } },
        { minutes: 90, who: 'both', day: 0, after: { min: 1, max: 14 } }
      ],
      30
    ),
    rules: rules({
      before: 10,
      after: 15,
      grid: 30,
      notice: 7 * day,
      horizon: 120,
      approval: true,
      freeMoves: 2,
      pay: { mode: 'full', instalments: { times: 3, days: 30 } },
      reminders: [72, 24]
    }),
    policy: untilTwoDays,
    places: both
  }
]

function single(minutes: number, who: Segment['who']): Plan {
  return plan('start', [{ minutes, who, day: 0 }], false)
}

function blocks(days: number): Segment[] {
  return Array.from({ length: days }, (_, day) => [
    { minutes: 180, who: 'both' as const, day, at: '09:00' },
    { minutes: 180, who: 'both' as const, day, at: '13:30' }
  ]).flat()
}

function plan(anchor: Plan['anchor'], segments: Segment[], dayExclusive: boolean): Plan {
  return Plan.parse({ anchor, dayExclusive, segments })
}

/** Steps that follow the first within so many days, each its own appointment. */
function steps(segments: Segment[], within: number): Plan {
  return Plan.parse({ anchor: 'start', dayExclusive: false, apart: true, within, segments })
}

function rules(given: Partial<Rules> & Pick<Rules, 'grid' | 'notice' | 'horizon' | 'pay' | 'reminders'>): Rules {
  return Rules.parse({ before: 0, after: 0, approval: false, ...given })
}

function policy(bands: CancellationPolicy['bands'], last: Keep): CancellationPolicy {
  return CancellationPolicy.parse({ bands: [...bands, { notice: { hours: 0 }, keep: last }] })
}
