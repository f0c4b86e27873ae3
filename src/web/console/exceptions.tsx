import { type Override, overrides } from '../../availability/override.ts'
import { type Faults, Field, Tick } from '../components/fields.tsx'

const words: Record<Override, string> = {
  notice: 'It may be sooner than the notice',
  horizon: 'It may be further ahead than bookings open',
  hours: 'It may be outside opening hours',
  caps: 'There may be more that day or week than usual'
}

interface Props {
  given: { at?: string | undefined; override?: readonly string[] | undefined; reason?: string | undefined }
  faults: Faults
}

/** Any other time, and which rules are set aside for it: for who may, and with a reason. */
export const Exceptions = ({ given: { at, override = [], reason }, faults }: Props) => (
  <details open={!!at || !!reason || override.length > 0}>
    <summary>Another time, or an exception</summary>
    <Field name="at" label="Another time" type="datetime-local" value={at} fault={faults.at} />
    {overrides.map(rule => (
      <Tick name="override" id={`override-${rule}`} value={rule} checked={override.includes(rule)}>
        <span safe>{words[rule]}</span>
      </Tick>
    ))}
    <Field
      name="reason"
      label="Why"
      hint="For an exception, or where nothing is paid. It is written down for the practice."
      value={reason}
      fault={faults.reason}
      maxlength={500}
    />
  </details>
)
