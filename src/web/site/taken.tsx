import type { Choice } from '../choice.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { slotText } from '../components/slots.tsx'
import type { Alternative } from './alternatives.ts'
import { DatesButton } from './dates-button.tsx'
import type { Given } from './detail-fields.tsx'
import { timesAddress } from './times-address.ts'

interface Props {
  frame: Frame
  choice: Pick<Choice, 'type' | 'zone' | 'edition'>
  /** The nearest free times, each with its own sealed choice. */
  alternatives: readonly Alternative[]
  given: Given
  /** Of a time that is free, but not for this client: why. */
  why?: Why | undefined
}

/** A rule of care that speaks against a time, for the client themselves. */
export interface Why {
  heading: string
  text: string
}

/** What is agreed to for one time, with its dates and sums, is not agreed to for another. */
const agreements = new Set(['consent', 'agreed'])

/** The time has gone: the nearest others as buttons, and nothing that was typed is lost. */
export const Taken = ({ frame, choice, alternatives, given, why }: Props) =>
  choice.edition ? (
    <NoPlace frame={frame} choice={choice} />
  ) : (
    <OtherTimes frame={frame} choice={choice} alternatives={alternatives} given={given} why={why} />
  )

/** Of dates there is no place left: one can wait for one, or look at others. */
const NoPlace = ({ frame, choice: { type, zone, edition = '' } }: Pick<Props, 'frame' | 'choice'>) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow">
      <h1>The last place has just been taken</h1>
      <p class="lede">
        You can wait: if a place comes free, it is kept for you, and we write to you. Nothing is charged for it.
      </p>
      <DatesButton frame={frame} action="/w" type={type} edition={edition} zone={zone}>
        Wait for a place
      </DatesButton>
      <p>
        <a href={`/sessions/${encodeURIComponent(type)}`}>Other dates</a> · <a href="/contact">Ask us</a>
      </p>
    </div>
  </Layout>
)

const OtherTimes = ({ frame, choice: { type, zone }, alternatives, given, why }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow">
      <h1 safe>{why?.heading ?? 'That time has just been taken'}</h1>
      {!!why && <p safe>{why.text}</p>}
      {alternatives.length > 0 && <p class="lede">The nearest are:</p>}
      <Post frame={frame} action="/b">
        <input type="hidden" name="change" value="yes" />
        {Object.entries(given)
          .filter(([name]) => !agreements.has(name))
          .map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
        <div class="hours wide">
          {alternatives.map(({ slot, sealed }) => (
            <button type="submit" formaction={`/b/new/${sealed}`} safe>
              {slotText(slot.start, zone, false)}
            </button>
          ))}
        </div>
      </Post>
      <p>
        <a href={timesAddress(type, { zone })}>All free times</a> · <a href="/contact">Ask us</a>
      </p>
    </div>
  </Layout>
)
