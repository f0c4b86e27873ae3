import { whos } from '../../../db/schema/appointments.ts'
import { type Faults, Field } from '../components/fields.tsx'
import type { BandDraft, SegmentDraft } from './type-plan-draft.ts'

const whoNames = { both: 'Both', first: 'Whoever books', second: 'The other', nobody: 'Nobody, kept free' } as const
const whens = { day: 'On its day', after: 'So long after the one before', before: 'So long before the first' } as const
const wishes = [
  ['', 'Always'],
  ['yes', 'As the client likes']
] as const
const units = { hours: 'hours', days: 'days' } as const
const shares = { price: '% of the price', deposit: '% of the deposit', fixed: 'a fixed sum' } as const

/** One stretch of the plan. Blocks have their own hour; a step has a gap to the one before it in place of a day. */
export const SegmentRow = ({
  segment,
  index,
  blocks,
  faults
}: {
  segment: SegmentDraft
  index: number
  blocks: boolean
  faults: Faults
}) => {
  const row = `seg-${index}`
  const field = (name: keyof SegmentDraft, label: string) => (
    <Field
      name={`${row}-${name}`}
      label={label}
      inputmode="numeric"
      maxlength={4}
      value={segment[name]}
      fault={faults[`${row}-${name}`]}
    />
  )
  const isStep = segment.when !== 'day'
  const [least, most] = segment.when === 'before' ? ['Hours, least', 'Days, most'] : ['Days, least', 'Days, most']
  return (
    <fieldset class="rule">
      <legend class="unseen">Part {index + 1}</legend>
      <Choice name={`${row}-when`} label="When" value={segment.when} options={Object.entries(whens)} />
      {!isStep && field('day', 'Day')}
      {blocks && !isStep && (
        <Field name={`${row}-at`} label="From" type="time" value={segment.at} fault={faults[`${row}-at`]} />
      )}
      {isStep && field('min', least)}
      {isStep && field('max', most)}
      {field('minutes', 'Minutes')}
      <Choice name={`${row}-who`} label="Who comes" value={segment.who} options={pick(whos, whoNames)} />
      {isStep && (
        <>
          <Choice name={`${row}-optional`} label="Wanted" value={segment.optional} options={wishes} />
          <Field
            name={`${row}-price`}
            label="Adds to the price"
            inputmode="numeric"
            value={segment.price}
            fault={faults[`${row}-price`]}
          />
        </>
      )}
      <button class="plain" type="submit" name="do" value={`remove ${row}`}>
        Remove<span class="unseen"> part {index + 1}</span>
      </button>
    </fieldset>
  )
}

/** What the practice keeps of what was paid, from so much notice on. */
export const BandRow = ({ band, index, faults }: { band: BandDraft; index: number; faults: Faults }) => {
  const row = `band-${index}`
  const fault = (name: keyof BandDraft) => faults[`${row}-${name}`]
  return (
    <fieldset class="rule">
      <legend class="unseen">Band {index + 1}</legend>
      <Field
        name={`${row}-notice`}
        label="With notice of"
        inputmode="numeric"
        value={band.notice}
        fault={fault('notice')}
      />
      <Choice name={`${row}-unit`} label="Hours or days" value={band.unit} options={Object.entries(units)} />
      <Field name={`${row}-keep`} label="Is kept" inputmode="numeric" value={band.keep} fault={fault('keep')} />
      <Choice name={`${row}-of`} label="Of what" value={band.of} options={Object.entries(shares)} />
      <button class="plain" type="submit" name="do" value={`remove ${row}`}>
        Remove<span class="unseen"> band {index + 1}</span>
      </button>
    </fieldset>
  )
}

export const Choice = ({
  name,
  label,
  value,
  options
}: {
  name: string
  label: string
  value: string | undefined
  options: readonly (readonly [string, string])[]
}) => (
  <div class="field">
    <label for={name} safe>
      {label}
    </label>
    <select id={name} name={name}>
      {options.map(([option, words]) => (
        <option value={option} selected={option === value} safe>
          {words}
        </option>
      ))}
    </select>
  </div>
)

function pick<Key extends string>(keys: readonly Key[], names: Record<Key, string>): [string, string][] {
  return keys.map(key => [key, names[key]])
}
