import type { DateTime } from 'luxon'
import { zoneText } from '../../notices/wording.ts'
import { Tick } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Fault, Portal } from './portal.tsx'

interface Props {
  frame: Frame
  zone: string
  /** As they stand in the fields: local times, or what was typed. */
  rows: readonly { from: string; to: string }[]
  /** Undefined for whoever belongs to nobody else. */
  showBoth: boolean | undefined
  saved: boolean
  fault: string | undefined
}

/** Rows to fill in besides those that are filled. */
const empty = 3

/** When it would suit a person: their own list, which they change as they like. */
export const PossibleTimes = ({ frame, zone, rows, showBoth, saved, fault }: Props) => (
  <Portal frame={frame} here="/me/possible-times">
    <section>
      <h1>Times that would suit you</h1>
      <p class="lede">For the practice alone, to suggest times that fit. Nobody else sees what you give here.</p>
      {saved && (
        <p class="note" role="status">
          Saved.
        </p>
      )}
      <Fault fault={fault} />
      <Post frame={frame} action="/me/possible-times" class="stack" novalidate>
        <fieldset>
          <legend safe>{`From and to, by ${zoneText(zone)}`}</legend>
          <p>Empty a row to take it back. What is over goes by itself.</p>
          {[...rows, ...Array.from({ length: empty }, () => ({ from: '', to: '' }))].map(({ from, to }, index) => (
            <div class="pair form">
              <Local name="from" label="From" number={index + 1} value={from} />
              <Local name="to" label="To" number={index + 1} value={to} />
            </div>
          ))}
        </fieldset>
        {showBoth !== undefined && (
          <fieldset>
            <legend>The two of you</legend>
            <Tick name="showBoth" checked={showBoth}>
              Mark times that suit us both. It shows only where the other of you wants it too; then each of you can tell
              from the marks when the other could come. All free times stay in the list.
            </Tick>
          </fieldset>
        )}
        <p class="actions">
          <button type="submit">Save</button>
        </p>
      </Post>
    </section>
  </Portal>
)

interface LocalProps {
  name: 'from' | 'to'
  label: string
  number: number
  value: string
}

const Local = ({ name, label, number, value }: LocalProps) => (
  <div class="field">
    <label for={`${name}-${number}`} safe>{`${label}${number > 1 ? `, ${number}` : ''}`}</label>
    <input id={`${name}-${number}`} name={name} type="datetime-local" autocomplete="off" value={value} />
  </div>
)

/** An instant as such a field takes it. */
export function localValue(time: DateTime, zone: string): string {
  return time.setZone(zone).toFormat("yyyy-LL-dd'T'HH:mm")
}
