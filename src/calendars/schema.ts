import { z } from 'zod'
import { feedScopes, feedStyles } from '../../db/schema/calendars.ts'
import { Instant } from '../kernel/time.ts'
import type { readFeeds } from './change-feed.ts'

/** Which of a therapist's calendars: the appointments in the style that was chosen, or busy times and nothing else. */
export const TherapistFeed = z
  .strictObject({
    scope: z.enum(['therapist', 'busy']).default('therapist'),
    style: z.enum(feedStyles).optional()
  })
  .refine(({ scope, style }) => scope !== 'busy' || style === undefined, {
    path: ['style'],
    error: 'Busy times say nothing else: leave the style out'
  })

/** The address is told here and never again. */
export const FeedAddressView = z
  .object({ id: z.uuid(), url: z.string(), webcal: z.string() })
  .meta({ id: 'FeedAddress' })

export const FeedView = z
  .object({
    id: z.uuid(),
    scope: z.enum(feedScopes),
    style: z.enum(feedStyles),
    createdAt: Instant,
    fetchedAt: Instant.nullable()
  })
  .meta({ id: 'Feed' })

/** A feed without its address. `fetchedAt` is exact to a day of the practice. */
export function view(feed: Awaited<ReturnType<typeof readFeeds>>[number]): z.output<typeof FeedView> {
  const { id, scope, style, createdAt, lastUsedAt, used } = feed
  return { id, scope, style, createdAt, fetchedAt: used ? lastUsedAt : null }
}
