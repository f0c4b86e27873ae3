import { z } from 'zod'
import { type Faults, Field } from '../components/fields.tsx'

interface TabsProps {
  types: readonly { slug: string; name: string }[]
  /** The one that is chosen. */
  type: string
  /** With `?type=` it shows another. */
  address: string
  /** Who is meant already. */
  client: string | undefined
}

/** What can be booked: each its own page, so that it works without JavaScript. */
export const TypeTabs = ({ types, type, address, client }: TabsProps) => (
  <nav aria-label="What is booked">
    <ul class="tabs">
      {types.map(({ slug, name }) => (
        <li>
          <a
            href={`${address}?type=${slug}${client ? `&client=${client}` : ''}`}
            aria-current={slug === type ? 'page' : undefined}
            safe
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** Who was chosen or typed, to be shown again. */
export interface CallerGiven {
  caller?: string | undefined
  name?: string | undefined
  email?: string | undefined
  phone?: string | undefined
}

interface Props {
  legend: string
  /** Who is known: each a client's id and a person's, by name. */
  callers: readonly { value: string; name: string }[]
  given: CallerGiven
  faults: Faults
}

/** Somebody we know, or somebody new with a name and an address. */
export const CallerFields = ({ legend, callers, given, faults }: Props) => (
  <fieldset>
    <legend safe>{legend}</legend>
    <div class="field">
      <label for="caller">Somebody we know</label>
      <select id="caller" name="caller">
        <option value="">Nobody yet: somebody new</option>
        {callers.map(({ value, name }) => (
          <option value={value} selected={value === given.caller} safe>
            {name}
          </option>
        ))}
      </select>
    </div>
    <Field name="name" label="Name of somebody new" value={given.name} fault={faults.name} autocomplete="off" />
    <Field name="email" label="Their e-mail" type="email" value={given.email} fault={faults.email} autocomplete="off" />
    <Field
      name="phone"
      label="Their phone, if you like"
      type="tel"
      value={given.phone}
      fault={faults.phone}
      autocomplete="off"
    />
  </fieldset>
)

/** The client of whoever was chosen, where it is one. */
export function clientIn(caller: string | undefined): string | undefined {
  return z.uuid().safeParse(caller?.split(' ')[0]).data
}
