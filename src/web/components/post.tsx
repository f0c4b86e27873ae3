import type { Children } from '@kitajs/html'
import { formTokenField } from '../../identity/visit.ts'
import type { Frame } from './layout.tsx'

interface Props {
  frame: Pick<Frame, 'formToken'>
  action: string
  /** The browser does not check it: our own sentences say what is not right. */
  novalidate?: boolean
  class?: string
  /** With JavaScript its answer takes the page's place: no new entry in the browser's history. */
  stays?: boolean
  hidden?: boolean
  'data-passkey'?: string
  'data-does'?: string
  children: Children
}

/** A form that changes something, with the proof that it came from a page of ours. */
export const Post = ({ frame, stays = false, children, ...rest }: Props) => (
  <form method="post" hx-boost="false" {...rest} {...(stays && stayingAt(rest.action))}>
    <input type="hidden" name={formTokenField} value={frame.formToken} />
    {children}
  </form>
)

/** What makes a form's answer take the page's place. */
export const stayingAt = (action: string) => ({
  'hx-post': action,
  'hx-target': '#main',
  'hx-select': '#main',
  'hx-swap': 'outerHTML show:top'
})
