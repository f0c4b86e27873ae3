import { isoUtc } from '../../kernel/time.ts'
import { dayText, timeText } from '../../notices/wording.ts'
import type { Choice } from '../choice.ts'
import { Tick } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText } from '../components/words.ts'
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
export const EachPage = ({ frame, choice: { zone }, sealed, often, each, fault, given }: Props) => {
  const action = `/b/each/${sealed}`
  const conflicts = each.rows.filter(({ free }) => !free).length
  return (
    <Layout frame={frame} title="Appointment" kind="quiet">
      <div class="narrow stack">
        <a class="back" href={timesAddress(each.type.slug, { zone, ...oftenQuery(often) })}>
          <ArrowLeft /> Another first time
        </a>
        <h1>Every time, one by one</h1>
        <p class="lede" safe>
          {`${oftenText(often)}. ${openingText(conflicts)}`}
        </p>
        {!!fault && (
          <p class="notice" role="alert" safe>
            {fault}
          </p>
        )}
        <Post frame={frame} action={action} novalidate>
          {Object.entries(given).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <div
            hx-post={action}
            hx-trigger="change"
            hx-include="closest form"
            hx-target="#sum"
            hx-select="#sum"
            hx-swap="outerHTML"
            hx-sync="this:replace"
          >
            {each.rows.map((row, index) => (
              <Occurrence row={row} index={index} zone={zone} />
            ))}
          </div>
          <Sum each={each} />
          <p class="actions">
            <button type="submit" name="go" value="yes">
              Continue
            </button>
            <button class="plain" type="submit">
              Show the sum
            </button>
          </p>
        </Post>
      </div>
    </Layout>
  )
}

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

const Sum = ({ each: { count, price, rows, least } }: { each: Each }) => {
  const open = rows.filter(({ said }) => said === undefined).length
  return (
    <p id="sum" class="card figures" aria-live="polite" safe>
      {[
        count > 0 && least === undefined && `${count} ${count === 1 ? 'appointment' : 'appointments'}: ${price}.`,
        count === 0 && 'Nothing is chosen yet.',
        least !== undefined && `Keep ${least} at least.`,
        open > 0 && `${open} still to say.`
      ]
        .filter(Boolean)
        .join(' ')}
    </p>
  )
}

function openingText(conflicts: number): string {
  if (conflicts === 0) return 'All of them are free. Leave out what does not suit you.'
  const many = conflicts === 1 ? 'One of them is not free' : `${conflicts} of them are not free`
  return `${many}: choose another time for it, or leave it out. The price is for what you keep.`
}
