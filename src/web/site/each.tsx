import { isoUtc } from '../../kernel/time.ts'
import { dayText } from '../../notices/wording.ts'
import type { Choice } from '../choice.ts'
import { Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { rangeText, timeText } from '../components/words.ts'
import { ChosenTimes, Summed } from './chosen-times.tsx'
import type { Given } from './detail-fields.tsx'
import { type Often, oftenQuery, oftenText } from './often.ts'
import { asPlanned, type Each, leftOut, type Row } from './read-each.ts'
import { timesAddress } from './times-address.ts'

interface Props {
  frame: Frame
  choice: Choice
  sealed: string
  often: Often
  each: Each
  /** What is not right yet, in a sentence. */
  fault?: string | undefined
  /** What was typed already, where one of the times has gone meanwhile. */
  given: Given
}

/** Every appointment of a series: those that are free, and for the others what else there is; the sum of what is wanted. */
export const EachPage = ({ frame, choice: { zone }, sealed, often, each, fault, given }: Props) => (
  <ChosenTimes
    frame={frame}
    sealed={sealed}
    back={[timesAddress(each.type.slug, { zone, ...oftenQuery(often) }), 'Another first time']}
    heading="Every time, one by one"
    lede={`${oftenText(often)}. ${openingText(each.rows.filter(({ free }) => !free).length)}`}
    fault={fault}
    given={given}
    again="Show the sum"
  >
    <Summed sealed={sealed} sum={sumText(each)}>
      {each.rows.map((row, index) => (
        <Occurrence row={row} index={index} zone={zone} />
      ))}
    </Summed>
  </ChosenTimes>
)

const Occurrence = ({ row, index, zone }: { row: Row; index: number; zone: string }) => {
  const { start, end, free, alternatives, said, gone } = row
  const name = `o${index}`
  return (
    <fieldset class="occurrence">
      <legend class="figures" safe>{`${index + 1}. ${rangeText(start, end, zone)}`}</legend>
      {!free && (
        <p class="quiet small">
          {alternatives.length > 0 ? 'Not free. Near it are:' : 'Not free, and nothing near it is.'}
        </p>
      )}
      {gone && <p class="fault small">This is not free any more, or too near to the next. Choose again.</p>}
      {free && (
        <Tick name={name} id={`${name}-p`} type="radio" value={asPlanned} checked={said === asPlanned}>
          As planned
        </Tick>
      )}
      {alternatives.map(other => (
        <Tick
          name={name}
          id={`${name}-${other.start.toMillis()}`}
          type="radio"
          value={isoUtc(other.start)}
          checked={said === isoUtc(other.start)}
        >
          <span
            safe
          >{`${dayText(other.start.setZone(zone))}, ${timeText(other.start.setZone(zone), other.end.setZone(zone))}`}</span>
        </Tick>
      ))}
      <Tick name={name} id={`${name}-l`} type="radio" value={leftOut} checked={said === leftOut}>
        Leave it out
      </Tick>
    </fieldset>
  )
}

function sumText({ count, price, rows, least }: Each): string {
  const open = rows.filter(({ said }) => said === undefined).length
  return [
    count > 0 && least === undefined && `${count} ${count === 1 ? 'appointment' : 'appointments'}: ${price}.`,
    count === 0 && 'Nothing is chosen yet.',
    least !== undefined && `Keep ${least} at least.`,
    open > 0 && `${open} still to say.`
  ]
    .filter(Boolean)
    .join(' ')
}

function openingText(conflicts: number): string {
  if (conflicts === 0) return 'All of them are free. Leave out what does not suit you.'
  const many = conflicts === 1 ? 'One of them is not free' : `${conflicts} of them are not free`
  return `${many}: choose another time for it, or leave it out. The price is for what you keep.`
}
