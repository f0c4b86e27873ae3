import { weekdays } from '../../availability/schema.ts'
import { Tick } from '../components/fields.tsx'
import type { Preferred } from './read-steps.ts'

const names = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' } as const
const parts = { any: 'At any hour', morning: 'Before noon', afternoon: 'After noon' } as const

/** Which days and hours suit best: asked for once, and never at the price of a step. */
export const Better = ({ preferred }: { preferred: Preferred }) => (
  <details open={preferred.days.length > 0 || preferred.part !== 'any'}>
    <summary>Days and hours that suit you best</summary>
    <fieldset class="days">
      <legend>On</legend>
      {weekdays.slice(0, 6).map(day => (
        <Tick name={`on-${day}`} checked={preferred.days.includes(day)}>
          {names[day]}
        </Tick>
      ))}
    </fieldset>
    <fieldset class="days">
      <legend>Hours</legend>
      {Object.entries(parts).map(([part, words]) => (
        <Tick name="part" id={`part-${part}`} type="radio" value={part} checked={preferred.part === part}>
          {words}
        </Tick>
      ))}
    </fieldset>
  </details>
)
