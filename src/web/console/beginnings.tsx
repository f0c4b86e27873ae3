import type { ListedYes } from '../../clients/read-beginnings.ts'
import { dayText } from '../../notices/wording.ts'
import { Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

interface Props {
  frame: Frame
  items: readonly ListedYes[]
  /** The practice promises as much time alone to the other. */
  promisesEqualTime: boolean
  /** Both of the practice’s choices are made. */
  open: boolean
  /** To whom a yes can be handed over. */
  therapists: readonly { slug: string; name: string }[]
  fault: string | undefined
  zone: string
}

/** Who would begin together: each by their own yes. The therapist puts two together by hand, or declines. */
export const Beginnings = ({ frame, items, promisesEqualTime, open, therapists, fault, zone }: Props) => {
  const alone = items.filter(({ beginning }) => !beginning)
  const asked = [...Map.groupBy(items, ({ beginning }) => beginning)].filter(([id]) => id !== undefined)
  return (
    <Layout frame={frame} title="Beginning together" kind="staff" here="/console/beginnings">
      <h1>Beginning together</h1>
      <p class="lede">
        Each has said yes alone, and neither knows of the other’s. Which two belong together you know from speaking with
        them: an address proves who reads a mailbox, and a page that was shared is held by whoever made it too.
      </p>
      {!!fault && (
        <p class="notice" role="alert" safe>
          {fault}
        </p>
      )}
      {!open && (
        <p class="notice">
          Nobody can begin yet: choose first what is kept secret and how two begin.{' '}
          <a href="/console/choices">Choose</a>
        </p>
      )}
      {items.length === 0 && (
        <p class="quiet">Nobody yet. When somebody says yes to beginning together, you find it here.</p>
      )}
      {alone.length > 0 && (
        <Post frame={frame} action="/console/beginnings" class="stack narrow-start">
          {alone.map(item => (
            <Item item={item} all={items} zone={zone} />
          ))}
          <section class="card wash" aria-labelledby="together">
            <h2 id="together">With the two that you chose</h2>
            <Tick name="spokenWithEach">I have spoken with each of the two, alone</Tick>
            {promisesEqualTime && <Tick name="equalTime">The other was offered as much time alone</Tick>}
            <p class="actions">
              <button type="submit" name="answer" value="approve">
                Ask both to begin together
              </button>
              <button class="plain" type="submit" name="answer" value="decline">
                Decline what is chosen
              </button>
            </p>
            <p class="small quiet">
              If you decline, both read the same, whatever the reason: “Thank you for your time. We do not think this
              form is the right one at present, and would rather say so now than later. Each of you can talk with us
              alone.”
            </p>
            {therapists.length > 0 && <HandOver therapists={therapists} />}
          </section>
        </Post>
      )}
      {asked.map(([id, both]) => (
        <Asked frame={frame} id={id ?? ''} both={both} />
      ))}
    </Layout>
  )
}

/** What is chosen goes to another therapist’s list, where it waits as it did here. */
const HandOver = ({ therapists }: Pick<Props, 'therapists'>) => (
  <>
    <div class="field">
      <label for="therapist">Another therapist</label>
      <select id="therapist" name="therapist">
        {therapists.map(({ slug, name }) => (
          <option value={slug} safe>
            {name}
          </option>
        ))}
      </select>
    </div>
    <p class="actions">
      <button class="plain" type="submit" name="answer" value="hand_over">
        Hand over what is chosen
      </button>
    </p>
  </>
)

const Item = ({ item, all, zone }: { item: ListedYes; all: readonly ListedYes[]; zone: string }) => {
  const { id, name, whom, saidAt, met, seenAlone, mayTell, samePage } = item
  const others = all.filter(other => samePage.includes(other.id)).map(other => other.name || 'somebody without a name')
  return (
    <article class="card">
      <Tick name="yes" id={`y-${id}`} value={id}>
        <strong safe>{name || 'No name given'}</strong>
      </Tick>
      <p safe>{`Would begin together with: ${whom}`}</p>
      <p class="small quiet" safe>
        {[
          dayText(saidAt.setZone(zone)),
          met ? 'has come here' : 'by address, not verified',
          ...(others.length > 0 ? [`holds the same page as ${others.join(', ')}`] : [])
        ].join(' · ')}
      </p>
      {seenAlone && (
        <p class="small">
          {mayTell === true
            ? 'Seen alone by you. The other may read: “I have had individual sessions here.”'
            : 'Seen alone by you, and the other may not be told: you cannot begin with both. Decline, and both read the same.'}
        </p>
      )}
    </article>
  )
}

const Asked = ({ frame, id, both }: { frame: Frame; id: string; both: readonly ListedYes[] }) => (
  <section class="card section" aria-labelledby={`b-${id}`}>
    <h2 id={`b-${id}`}>Asked to begin together</h2>
    <ul>
      {both.map(({ name, agreed }) => (
        <li safe>{`${name || 'No name given'}: ${agreed ? 'has agreed' : 'has not answered yet'}`}</li>
      ))}
    </ul>
    <p class="small quiet">Neither sees whether the other has answered. When both have agreed, the couple is there.</p>
    <Post frame={frame} action={`/console/beginnings/${id}/removal`}>
      <button class="plain" type="submit">
        Decline after all
      </button>
    </Post>
  </section>
)
