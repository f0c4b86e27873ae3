import type { Choice } from '../choice.ts'
import { Blocks } from '../components/blocks.tsx'
import { Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { durationText } from '../components/words.ts'
import { ChosenTimes, Summed } from './chosen-times.tsx'
import type { Given } from './detail-fields.tsx'
import type { Beside, Group } from './read-beside.ts'
import type { StepRow } from './read-steps.ts'
import { StepChoice } from './steps.tsx'
import { timesAddress } from './times-address.ts'

interface Props {
  frame: Frame
  choice: Choice
  sealed: string
  beside: Beside
  /** What is not right yet, in a sentence. */
  fault?: string | undefined
  /** What was typed already, where one of the times has gone meanwhile. */
  given: Given
}

/** Private days as they were chosen, and what can be taken along before and after them, each with its time and its sum. */
export const BesidePage = ({ frame, choice: { zone }, sealed, beside, fault, given }: Props) => (
  <ChosenTimes
    frame={frame}
    sealed={sealed}
    back={[timesAddress(beside.type.slug, { zone }), 'Another day']}
    heading="Before and after"
    lede="The days stand by themselves. If you like, take something along; it can be chosen now or later."
    fault={fault}
    given={given}
    again="Show the sum"
    above={
      <section class="card" aria-label="Your days">
        <Blocks blocks={beside.days} zone={zone} />
      </section>
    }
  >
    <Summed sealed={sealed} sum={`All of it: ${beside.price}.`}>
      {beside.groups.map(group => (
        <Taking group={group} zone={zone} />
      ))}
    </Summed>
  </ChosenTimes>
)

const Taking = ({ group, zone }: { group: Group; zone: string }) => (
  <section class="occurrence" aria-labelledby={`${group.side}-words`}>
    <h2 class="legend" id={`${group.side}-words`} safe>
      {headingText(group)}
    </h2>
    <p class="quiet small" safe>
      {meaningText(group)}
    </p>
    {!group.always && (
      <Tick name={group.side} id={group.side} type="checkbox" value="yes" checked={group.taken}>
        <span safe>{`Take it along${group.price ? `, ${group.price} more` : ', at no extra charge'}`}</span>
      </Tick>
    )}
    {group.rows.map(row => (
      <StepChoice row={row} heading={rowText(row)} zone={zone} />
    ))}
  </section>
)

function headingText({ side, rows: { length } }: Group): string {
  if (side === 'after') return length === 1 ? 'A follow-up' : `${numberText(length)} follow-ups`
  return length === 1 ? 'A conversation before' : `${numberText(length)} conversations before`
}

function meaningText({ side, rows }: Group): string {
  if (side === 'after') return 'Some weeks later, to see what has stayed.'
  return rows.some(({ kind }) => kind === 'other')
    ? 'One for each of you, on your own, so that the days can begin where you are.'
    : 'So that the days can begin where you are.'
}

function rowText(row: StepRow): string {
  const length = durationText(row.minutes)
  if (row.kind === 'other') return `Just the other of you, ${length}`
  return `${row.who === 'first' ? 'Just you' : 'The two of you'}, ${length}`
}

const numberText = (count: number) => (count === 2 ? 'Two' : String(count))
