import type { Children } from '@kitajs/html'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  action: '/b/dates' | '/w'
  type: string
  edition: string
  zone: string
  children: Children
}

/** Leads from dates to the details, without type or time in the address. */
export const DatesButton = ({ frame, action, type, edition, zone, children }: Props) => (
  <Post frame={frame} action={action}>
    <input type="hidden" name="type" value={type} />
    <input type="hidden" name="edition" value={edition} />
    <input type="hidden" name="zone" value={zone} />
    <p class="actions">
      <button type="submit" class={action === '/w' ? 'plain' : undefined}>
        {children}
      </button>
    </p>
  </Post>
)
