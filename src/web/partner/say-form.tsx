import type { Children } from '@kitajs/html'
import { stayingAt } from '../components/post.tsx'

interface Props {
  action: string
  kind?: string
  class?: string
  children: Children
}

/**
 * A form of a private page. It carries nothing of the browser, so that the page is the same to everybody, and with
 * JavaScript its answer takes the page's place: the whole way leaves one entry in the browser's history.
 */
export const SayForm = ({ action, kind, children, ...rest }: Props) => (
  <form method="post" action={action} autocomplete="off" {...stayingAt(action)} {...rest}>
    {!!kind && <input type="hidden" name="kind" value={kind} />}
    {children}
  </form>
)

/** What is typed here is not the browser's to remember. */
const unkept = { autocomplete: 'off', spellcheck: 'false' } as const

interface WordsProps {
  id: string
  label: string
  value?: string | undefined
  fault?: string | undefined
  /** Nothing can be sent without them. */
  required?: boolean
}

/** Free words, never kept by the browser and never sent to a spelling service. */
export const WordsField = ({ id, label, value = '', fault, required = false }: WordsProps) => (
  <div class="field">
    <label for={id} safe>
      {label}
    </label>
    {!!fault && (
      <p id={`${id}-fault`} class="fault" safe>
        {fault}
      </p>
    )}
    <textarea
      id={id}
      name="words"
      rows="4"
      maxlength="1000"
      required={required}
      aria-invalid={fault ? 'true' : undefined}
      aria-describedby={fault ? `${id}-fault` : undefined}
      {...unkept}
      safe
    >
      {value}
    </textarea>
  </div>
)

/** Where a reply is told of. Nobody has to leave it. */
export const AddressField = ({ id, label, value }: { id: string; label: string; value?: string | undefined }) => (
  <div class="field">
    <label for={id} safe>
      {label}
    </label>
    <input id={id} name="address" type="email" maxlength="254" value={value} {...unkept} />
  </div>
)
