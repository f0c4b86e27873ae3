import type { DateTime } from 'luxon'
import { dayText } from '../../notices/wording.ts'
import type { Choice } from '../choice.ts'
import { Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { durationText, rangeText, timeText } from '../components/words.ts'
import { ChosenTimes } from './chosen-times.tsx'
import type { Given } from './detail-fields.tsx'
import { anyTime, later, type StepRow, type Steps, startValue } from './read-steps.ts'
import { Better } from './steps-better.tsx'
import { timesAddress } from './times-address.ts'

interface Props {
  frame: Frame
  choice: Choice
  sealed: string
  steps: Steps
  /** What is not right yet, in a sentence. */
  fault?: string | undefined
  /** What was typed already, where one of the times has gone meanwhile. */
  given: Given
}

/** A programme's whole schedule as it is proposed: each step can be changed, and the others follow. */
export const StepsPage = ({ frame, choice: { zone }, sealed, steps, fault, given }: Props) => (
  <ChosenTimes
    frame={frame}
    sealed={sealed}
    back={[timesAddress(steps.type.slug, { zone }), 'Another first time']}
    heading="A schedule that could fit"
    lede="We have put it together for you. Change what does not suit you; what follows is found anew, and what you chose stays."
    fault={fault}
    given={given}
    again="Find the rest anew"
  >
    {steps.rows.map(row => (
      <Step row={row} zone={zone} />
    ))}
    <Better preferred={steps.preferred} />
    <p class="card figures" safe>
      {`All of it: ${steps.price}.`}
    </p>
  </ChosenTimes>
)

const Step = ({ row, zone }: { row: StepRow; zone: string }) => (
  <StepChoice row={row} heading={`${row.ordinal + 1}. ${whoseText(row)}, ${durationText(row.minutes)}`} zone={zone} />
)

/** One step with the time that it has, or is proposed for it, and what else there is. */
export const StepChoice = ({ row, heading, zone }: { row: StepRow; heading: string; zone: string }) => {
  if (row.kind === 'other')
    return (
      <section class="occurrence">
        <h2 class="legend" safe>
          {heading}
        </h2>
        <p class="quiet small">
          A time is kept, and they choose their own within it. When that is, nobody but the practice sees.
        </p>
      </section>
    )
  const name = `o${row.ordinal}`
  const isFirst = row.ordinal === 0
  return (
    <fieldset class="occurrence">
      <legend safe>{heading}</legend>
      {row.kind === 'time' && !row.free && (
        <p class="fault small">This is not free, or not in its place among the others. Choose again.</p>
      )}
      {row.kind === 'time' && isFirst && (
        <p class="figures" safe>
          {rangeText(row.start, row.end, zone)}
        </p>
      )}
      {row.kind === 'time' && !isFirst && (
        <>
          <Tick name={name} id={`${name}-s`} type="radio" value={startValue(row.start)} checked>
            <span class="figures" safe>
              {`${rangeText(row.start, row.end, zone)}${row.proposed ? '' : ' (chosen by you)'}`}
            </span>
          </Tick>
          {row.alternatives.length > 0 && (
            <details>
              <summary>Other times for this step</summary>
              {row.alternatives.map(start => (
                <Tick name={name} id={`${name}-${start.toMillis()}`} type="radio" value={startValue(start)}>
                  <span class="figures" safe>
                    {spanText(start, start.plus(row.end.diff(row.start)), zone)}
                  </span>
                </Tick>
              ))}
            </details>
          )}
        </>
      )}
      {!isFirst && (
        <Tick name={name} id={`${name}-l`} type="radio" value={later} checked={row.kind === 'later'}>
          {row.kind === 'later'
            ? `Choose it later: between ${dayText(row.from.setZone(zone))} and ${dayText(row.to.minus({ minutes: 1 }).setZone(zone))}`
            : 'Choose it later'}
        </Tick>
      )}
      {row.kind === 'later' && (
        <Tick name={name} id={`${name}-a`} type="radio" value={anyTime}>
          Propose a time
        </Tick>
      )}
      {/* Last: what stands right after a legend begins its own line. */}
      {row.kind === 'time' && row.proposed && (
        <input type="hidden" name={`p${row.ordinal}`} value={startValue(row.start)} />
      )}
    </fieldset>
  )
}

function whoseText(row: StepRow): string {
  if (row.kind === 'other') return 'Just the other of you'
  return row.who === 'first' ? 'Just you' : 'The two of you'
}

function spanText(start: DateTime, end: DateTime, zone: string): string {
  const [from, to] = [start.setZone(zone), end.setZone(zone)]
  return `${dayText(from)}, ${timeText(from, to)}`
}
