import { weekdays } from '../../availability/schema.ts'
import { type Faults, Field, Tick } from '../components/fields.tsx'
import type { ExceptionDraft, RuleDraft } from './hours-form.ts'
import type { Choices } from './opening-hours.tsx'

const dayNames = { mon: 'Mon', tue: 'Tue', wed: 'Wed', thu: 'Thu', fri: 'Fri', sat: 'Sat', sun: 'Sun' }

interface RuleProps {
  rule: RuleDraft
  index: number
  choices: Choices
  faults: Faults
}

/** A weekly row: on which days, from when to when, where, for what, and how long it holds. */
export const RuleRow = ({ rule, index, choices, faults }: RuleProps) => {
  const row = `rule-${index}`
  const narrowed = rule.types.length > 0 || rule.validFrom !== '' || rule.validTo !== ''
  return (
    <fieldset class="rule">
      <legend class="unseen">Row {index + 1}</legend>
      <fieldset class="days">
        <legend>Days</legend>
        {!!faults[`${row}-days`] && (
          <p class="fault small" safe>
            {faults[`${row}-days`]}
          </p>
        )}
        <div id={`${row}-days`}>
          {weekdays.map(day => (
            <Tick name={`${row}-days`} id={`${row}-${day}`} value={day} checked={rule.days.includes(day)}>
              <span safe>{dayNames[day]}</span>
            </Tick>
          ))}
        </div>
      </fieldset>
      <Field name={`${row}-from`} label="From" type="time" value={rule.from} fault={faults[`${row}-from`]} required />
      <Field name={`${row}-to`} label="To" type="time" value={clock(rule.to)} fault={faults[`${row}-to`]} required />
      <div class="field">
        <label for={`${row}-place`}>Place</label>
        <select id={`${row}-place`} name={`${row}-place`}>
          <option value="">Everywhere</option>
          {choices.places.map(({ slug, name }) => (
            <option value={slug} selected={slug === rule.place} safe>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button class="plain" type="submit" name="do" value={`remove-${row}`}>
        Remove<span class="unseen"> row {index + 1}</span>
      </button>
      <details class="wide" open={narrowed}>
        <summary>Only for some sessions, or only for a time</summary>
        <div class="picks">
          {choices.types.map(({ slug, name }) => (
            <Tick name={`${row}-types`} id={`${row}-${slug}`} value={slug} checked={rule.types.includes(slug)}>
              <span safe>{name}</span>
            </Tick>
          ))}
        </div>
        <div class="rule">
          <Field
            name={`${row}-validFrom`}
            label="First day"
            type="date"
            value={rule.validFrom}
            fault={faults[`${row}-validFrom`]}
          />
          <Field
            name={`${row}-validTo`}
            label="Last day"
            type="date"
            value={rule.validTo}
            fault={faults[`${row}-validTo`]}
          />
        </div>
      </details>
    </fieldset>
  )
}

/** A single day that replaces its weekly hours; without hours it is closed. */
export const ExceptionRow = ({
  exception,
  index,
  faults
}: {
  exception: ExceptionDraft
  index: number
  faults: Faults
}) => {
  const row = `day-${index}`
  return (
    <fieldset class="rule">
      <legend class="unseen">Single day {index + 1}</legend>
      <Field
        name={`${row}-date`}
        label="Day"
        type="date"
        value={exception.date}
        fault={faults[`${row}-date`]}
        required
      />
      <Field name={`${row}-from`} label="From" type="time" value={exception.from} fault={faults[`${row}-from`]} />
      <Field name={`${row}-to`} label="To" type="time" value={clock(exception.to)} fault={faults[`${row}-to`]} />
      <button class="plain" type="submit" name="do" value={`remove-${row}`}>
        Remove<span class="unseen"> single day {index + 1}</span>
      </button>
    </fieldset>
  )
}

/** The end of a day, as a time field can show it. */
function clock(to: string): string {
  return to === '24:00' ? '00:00' : to
}
