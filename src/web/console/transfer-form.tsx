import type { RosterView } from '../../bookings/roster-schema.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  roster: RosterView
  item: RosterView['items'][number]
}

/** Gives a couple's place to another couple that waits and that the practice knows. */
export const TransferForm = ({ frame, roster, item }: Props) => {
  const known = (roster.waitlist ?? []).filter(({ state, approved }) => state === 'waiting' && approved)
  if (known.length === 0) return ''
  const names = (people: readonly { name: string }[]) => people.map(({ name }) => name).join(' and ')
  const [who, whose, why] = [`to-${item.booking}`, `by-${item.booking}`, `why-${item.booking}`]
  return (
    <details>
      <summary>Give this place to another couple</summary>
      <p>
        The booking is cancelled, and the place is kept for the couple that you choose. They are told by mail, and take
        it or not.
      </p>
      <Post frame={frame} action={`/console/editions/${roster.id}/seats/${item.booking}/transfer`}>
        <div class="field">
          <label for={who}>To whom</label>
          <select id={who} name="entry">
            {known.map(({ id, people }) => (
              <option value={id} safe>
                {names(people)}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for={whose}>Who cancels</label>
          <select id={whose} name="by">
            <option value="client">They do: their terms hold</option>
            <option value="practice">We do: everything goes back</option>
          </select>
        </div>
        <div class="field">
          <label for={why}>Why</label>
          <input id={why} name="reason" required maxlength={500} />
        </div>
        <p class="actions">
          <button type="submit">Give the place</button>
        </p>
      </Post>
    </details>
  )
}
