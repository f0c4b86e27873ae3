import type { DateTime } from 'luxon'
import { untilText } from './words.ts'

/** The times that go together. */
export const Starts = ({ starts, zone }: { starts: readonly DateTime[]; zone: string }) => (
  <ul class="figures">
    {starts.map(start => (
      <li safe>{untilText(start, zone)}</li>
    ))}
  </ul>
)
