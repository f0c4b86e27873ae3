import type { DateTime } from 'luxon'
import { problem } from '../kernel/problem.ts'
import type { PrivateProposal } from './proposal-store.ts'

export const noSuchProposal = problem('no-such-proposal', 404, 'There is no such proposal')
export const proposalOver = problem('proposal-over', 409, 'This is not open any more')

/** So long at most a proposal is open, and may keep times from everybody else. */
export const longestDays = 60

/** Whether it can still be answered. What is over by the clock is over, whether the job has come by or not. */
export function isOpen({ state, until }: Pick<PrivateProposal, 'state' | 'until'>, now: DateTime): boolean {
  return state === 'open' && now < until
}
