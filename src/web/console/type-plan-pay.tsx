import { Field } from '../components/fields.tsx'
import { Bound } from './therapist-care.tsx'
import type { TypePlanProps } from './type-plan.tsx'
import { BandRow, Choice } from './type-plan-rows.tsx'

const ways = [
  ['none', 'Nothing is paid'],
  ['full', 'All of it when it is booked'],
  ['deposit', 'A deposit, and the rest later']
] as const

/** What it costs, how it is paid, and what is kept of it. */
export const PayFields = ({ type, given, bands, faults, mayChange }: TypePlanProps) => (
  <>
    <div class="card">
      <fieldset disabled={!mayChange}>
        <legend>What it costs</legend>
        <div class="rule">
          <Field
            name="price"
            label={`Price, ${type.price.currency}`}
            class="short"
            value={given.price}
            fault={faults.price}
          />
          <Choice name="pay" label="How it is paid" value={given.pay} options={waysFor(type.rules.pay.mode)} />
          <Bound name="percent" label="The deposit, in percent" given={given} faults={faults} />
          <Bound name="daysBefore" label="The rest so many days before the first" given={given} faults={faults} />
        </div>
      </fieldset>
    </div>
    <div class="card">
      <fieldset id="bands" disabled={!mayChange}>
        <legend>What is kept when clients cancel</legend>
        <p class="quiet small">From the longest notice to none. The practice’s own cancellations cost nothing.</p>
        {bands.map((band, index) => (
          <BandRow band={band} index={index} faults={faults} />
        ))}
        <p class="actions">
          <button class="plain" type="submit" name="do" value="add band">
            Add a band
          </button>
        </p>
        <Field
          name="reminders"
          label="Reminders, hours before"
          hint="Such as 72, 24. Each band but the last ends after one."
          value={given.reminders}
          fault={faults.reminders}
        />
      </fieldset>
    </div>
  </>
)

/** A way that this form does not know stays what it is. */
function waysFor(mode: string): (readonly [string, string])[] {
  return ways.some(([way]) => way === mode) ? [...ways] : [...ways, [mode, 'As it is now'] as const]
}
