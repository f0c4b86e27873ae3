import type { Children } from '@kitajs/html'
import { formTokenField } from '../../identity/visit.ts'
import type { Frame } from './layout.tsx'

interface Props {
  frame: Pick<Frame, 'formToken'>
  action: string
  /** The browser does not check it: our own sentences say what is not right. */
  novalidate?: boolean
  class?: string
  hidden?: boolean
  'data-passkey'?: string
  'data-does'?: string
  children: Children
}

/** A form that changes something, with the proof that it came from a page of ours. */
export const Post = ({ frame, children, ...rest }: Props) => (
  <form method="post" hx-boost="false" {...rest}>
    <input type="hidden" name={formTokenField} value={frame.formToken} />
    {children}
  </form>
)
