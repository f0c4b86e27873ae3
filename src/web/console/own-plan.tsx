import { type Faults, Field } from '../components/fields.tsx'
import { type BlockField, blockRows, usualDay } from './own-blocks-form.ts'
import type { ownPlans, TypedPlan } from './own-plan-form.ts'

interface Props {
  may: ReturnType<typeof ownPlans>
  given: TypedPlan
  faults: Faults
}

/** A plan that is this proposal's own: another length, several times, or parts on several days. Nothing need be typed. */
export const OwnPlan = ({ may, given, faults }: Props) => {
  const field = (name: 'minutes' | 'times' | 'weeks') => ({ name, value: given[name], fault: faults[name] })
  const hasSessions = !!(given.minutes || given.times || given.weeks)
  const hasDays = blockRows.some(row => given[`block-${row}-from`] || given[`block-${row}-to`])
  return (
    <>
      {may.sessions && (
        <details open={hasSessions}>
          <summary>Another length, or several times</summary>
          <Field {...field('minutes')} label="Minutes, if other than usual" inputmode="numeric" />
          <Field
            {...field('times')}
            label="So many times"
            hint="What you choose below is then the first of them. The price is for all of it."
            inputmode="numeric"
          />
          <Field {...field('weeks')} label="So many weeks apart" inputmode="numeric" />
          <Look />
        </details>
      )}
      {may.days && (
        <details open={hasDays}>
          <summary>Several days, each part with its own hours</summary>
          <p class="quiet small">
            Day 1 is the one that you choose below. What you leave empty is no part of it. The price is for all of it.
          </p>
          {blockRows.map(row => (
            <fieldset class="rule part">
              <legend class="unseen">Part {row + 1}</legend>
              <Part
                name={`block-${row}-day`}
                label="Day"
                given={{ [`block-${row}-day`]: usualDay(row), ...given }}
                faults={faults}
              />
              <Part name={`block-${row}-from`} label="From" given={given} faults={faults} />
              <Part name={`block-${row}-to`} label="To" given={given} faults={faults} />
            </fieldset>
          ))}
          <Look />
        </details>
      )}
    </>
  )
}

const Part = ({ name, label, given, faults }: Omit<Props, 'may'> & { name: BlockField; label: string }) => (
  <Field
    name={name}
    label={label}
    {...(label === 'Day' ? { inputmode: 'numeric', maxlength: 3 } : { type: 'time' })}
    value={given[name]}
    fault={faults[name]}
  />
)

const Look = () => (
  <p class="actions">
    <button class="plain" type="submit" name="look" value="look" formaction="/console/proposals/new#slot">
      Show when all of it is free
    </button>
  </p>
)
