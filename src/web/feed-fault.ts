import { tooManyFeeds } from '../calendars/feed.ts'
import { Problem } from '../kernel/problem.ts'

/** That there are enough is told on the page; whatever else is thrown goes on. */
export function feedFault(error: unknown): string {
  if (error instanceof Problem && error.code === tooManyFeeds().code) return `${error.title}. ${error.message}.`
  throw error
}
