import { isWholeWithSteps, Plan } from '../../catalog/plan.ts'
import { isStep } from '../../catalog/segment.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { gapOf } from '../../catalog/type-bounds.ts'
import type { Faults } from '../components/fields.tsx'
import { readBlocks, type TypedBlocks } from './own-blocks-form.ts'

/** What was typed of a plan that is this proposal's own. */
export type TypedPlan = TypedBlocks & Partial<Record<'minutes' | 'times' | 'weeks', string | undefined>>

/** Which plans of its own a proposal of this type can be given by the page: another length or several times, several days. */
export function ownPlans({ plan }: Pick<SessionType, 'plan'>): { sessions: boolean; days: boolean } {
  const sessions = plan.segments.length === 1 && !plan.repeat
  return { sessions, days: sessions || (plan.anchor === 'day' && !plan.apart) }
}

/** The plan that was typed, none where nothing was, or a sentence for each field that is not right. */
export function readOwnPlan(
  typed: TypedPlan,
  { plan, rules }: Pick<SessionType, 'plan' | 'rules'>
): { plan?: Plan | undefined; faults: Faults } {
  const { blocks, faults } = readBlocks(typed, plan.segments[0]?.who ?? 'both', gapOf(plan, rules))
  const sessions = ownSessions(plan, typed)
  if (sessions && (blocks.length > 0 || Object.keys(faults).length > 0))
    return { faults: { ...faults, minutes: 'Either these, or the parts on several days: leave one of the two out' } }
  if (Object.keys(faults).length > 0) return { faults }
  const own = blocks.length > 0 ? onDays(plan, blocks) : sessions
  if (!own) return { faults }
  const read = Plan.safeParse(own)
  if (read.success) return { plan: read.data, faults }
  return { faults: Object.fromEntries(read.error.issues.map(({ path }) => sentenceOf(path))) }
}

/** Whether something that was typed of the plan is not right. */
export function isPlanFault(faults: Faults): boolean {
  return Object.keys(faults).some(name => /^(block-|minutes$|times$|weeks$)/.test(name))
}

/** Parts with hours of their own that belong together, with the steps that the type has around its days. */
function onDays({ dayExclusive, segments, ...rest }: Plan, blocks: Plan['segments']): Plan {
  const steps = isWholeWithSteps({ segments, ...rest }) ? segments.filter(isStep) : []
  return { anchor: 'day', dayExclusive, segments: [...blocks, ...steps] }
}

/** Of another length, or several times, so many weeks apart. */
function ownSessions(plan: Plan, { minutes, times, weeks }: TypedPlan): Plan | undefined {
  const [length, often, apart] = [minutes, times, weeks].map(text => (text?.trim() ? Number(text) : undefined))
  if (length === undefined && often === undefined && apart === undefined) return undefined
  const segments = plan.segments.map(segment => ({ ...segment, ...(length !== undefined && { minutes: length }) }))
  if (often === undefined || often === 1) return { ...plan, segments }
  const rounds = Number.isInteger(often) && often > 1 && often <= mostTimes ? often : 0
  const days = apart !== undefined && apart < 1 ? Number.NaN : 7 * (apart ?? 1)
  const each = Array.from({ length: rounds }, (_, round) =>
    segments.map(segment => ({ ...segment, day: round * days }))
  )
  return { ...plan, apart: true, segments: each.flat() }
}

const mostTimes = 52

function sentenceOf(path: readonly PropertyKey[]): [string, string] {
  if (path.at(-1) === 'minutes') return ['minutes', 'Give between 5 and 1440 minutes']
  if (path.at(-1) === 'day') return ['weeks', 'Give whole weeks, two years in all at most']
  return ['times', `Give a number from 1 to ${mostTimes}`]
}
