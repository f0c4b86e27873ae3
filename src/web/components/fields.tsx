import type { Children } from '@kitajs/html'

/** What was wrong with a field, by the field's name. */
export type Faults = Readonly<Record<string, string>>

export interface FieldProps {
  name: string
  label: string
  type?: 'text' | 'email' | 'tel' | 'password' | 'date' | 'time' | 'datetime-local' | 'number'
  value?: string | undefined
  hint?: string
  fault?: string | undefined
  autocomplete?: string
  inputmode?: 'numeric'
  required?: boolean
  class?: string
  maxlength?: number
}

/** A labelled input. Its hint and fault are tied to it for those who hear the page. */
export function Field({ name, label, type = 'text', hint, fault, required = false, ...rest }: FieldProps): JSX.Element {
  const described = [hint && `${name}-hint`, fault && `${name}-fault`].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={name} safe>
        {label}
      </label>
      {!!hint && (
        <p id={`${name}-hint`} safe>
          {hint}
        </p>
      )}
      {!!fault && (
        <p id={`${name}-fault`} class="fault" safe>
          {fault}
        </p>
      )}
      <input
        id={name}
        name={name}
        type={type}
        required={required}
        aria-invalid={fault ? 'true' : undefined}
        aria-describedby={described || undefined}
        {...rest}
      />
    </div>
  )
}

interface TickProps {
  name: string
  id?: string
  type?: 'checkbox' | 'radio'
  value?: string
  checked?: boolean
  required?: boolean
  fault?: string | undefined
  children: Children
}

/** A box to tick or one of several to choose, with its words beside it. */
export function Tick({
  name,
  id = name,
  type = 'checkbox',
  value = 'yes',
  fault,
  children,
  ...rest
}: TickProps): JSX.Element {
  return (
    <>
      {!!fault && (
        <p id={`${id}-fault`} class="fault small" safe>
          {fault}
        </p>
      )}
      <div class="tick">
        <input
          id={id}
          name={name}
          type={type}
          value={value}
          aria-invalid={fault ? 'true' : undefined}
          aria-describedby={fault ? `${id}-fault` : undefined}
          {...rest}
        />
        <label for={id}>{children}</label>
      </div>
    </>
  )
}

/** Everything that is not right, at the top, each leading to its field. */
export function FaultList({
  faults,
  title = 'Something is not right yet'
}: {
  faults: Faults
  title?: string
}): JSX.Element {
  const entries = Object.entries(faults)
  if (entries.length === 0) return ''
  return (
    <div class="faults" role="alert">
      <h2 safe>{title}</h2>
      <ul>
        {entries.map(([name, sentence]) => (
          <li>
            <a href={`#${name}`} safe>
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
