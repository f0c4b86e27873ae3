import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'

interface Props {
  frame: Frame
  action: string
  does: string
  /** What it is done to: for those who hear the page and not see where the button stands. */
  of: string
  /** Sent along. */
  hidden?: Readonly<Record<string, string>> | undefined
}

/** A small button beside a thing in a list, which does something to that thing alone. */
export const Doing = ({ frame, action, does, of, hidden = {} }: Props) => (
  <Post frame={frame} action={action}>
    {Object.entries(hidden).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button class="link small" type="submit">
      <span safe>{does}</span>
      <span class="unseen" safe>{` ${of}`}</span>
    </button>
  </Post>
)
