import type { DateTime } from 'luxon'
import type { Membership } from '../../clients/end-membership.ts'
import type { OwnYes } from '../../clients/read-yes.ts'
import { type conversionWords, noted } from '../../clients/together-texts.ts'
import { dayText } from '../../notices/wording.ts'
import { Emergency } from '../components/emergency.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Portal } from './portal.tsx'
import { SayYes, type TypedYes } from './say-yes.tsx'

interface Props {
  frame: Frame
  own: OwnYes
  /** Couples that this person belongs to now. */
  couples: readonly Membership[]
  conversion: keyof typeof conversionWords | undefined
  typed?: TypedYes | undefined
  zone: string
}

/** Beginning together, for one of two: the own yes, and what the practice asks. Nothing of the other’s. */
export const Start = ({ frame, own, couples, conversion, typed, zone }: Props) => (
  <Portal frame={frame} here="/me/start">
    <section>
      <h1>Beginning together</h1>
      <p class="lede">
        Each of the two says yes alone, signed in with an address of their own. Neither sees what the other has said.
      </p>
      <Emergency frame={frame} />
    </section>
    {!!own.question && <Question frame={frame} question={own.question} />}
    {!own.question && !!own.said && <Said frame={frame} said={own.said} zone={zone} />}
    {/* Who belongs together with somebody ends that first. What was typed is shown again with what is not right. */}
    {!own.said && own.open && (couples.length === 0 || !!typed) && (
      <SayYes
        frame={frame}
        asksOneFact={own.asksOneFact}
        asksName={own.asksName}
        conversion={conversion}
        typed={typed}
      />
    )}
    {!own.open && (
      <p class="notice">
        This is not open yet. The practice first decides how two begin. You can <a href="/contact">write to it</a>.
      </p>
    )}
    {couples.map(couple => (
      <section class="card" aria-labelledby={`c-${couple.id}`}>
        <h2 id={`c-${couple.id}`}>The two of you</h2>
        <p
          safe
        >{`Since ${dayText(couple.since.setZone(zone))}. ${couple.byHand ? 'Some appointments are confirmed personally.' : ''}`}</p>
        <p>
          <a href={`/me/leaving/${couple.id}`}>End this</a>
        </p>
      </section>
    ))}
  </Portal>
)

const Said = ({
  frame,
  said: { at, whom },
  zone
}: Pick<Props, 'frame' | 'zone'> & { said: { at: DateTime; whom: string } }) => (
  <section class="card wash" aria-labelledby="said" role="status">
    <h2 id="said">{noted}</h2>
    <p class="quiet" safe>{`You said on ${dayText(at.setZone(zone))}: together with ${whom}.`}</p>
    <Post frame={frame} action="/me/start/removal">
      <button class="plain" type="submit">
        Take it back
      </button>
    </Post>
  </section>
)

const Question = ({
  frame,
  question: { words, hash }
}: {
  frame: Frame
  question: { words: string[]; hash: string }
}) => (
  <section class="card" aria-labelledby="question">
    <h2 id="question">Please read this, and decide for yourself</h2>
    {words.map(sentence => (
      <p safe>{sentence}</p>
    ))}
    <Post frame={frame} action="/me/start/answer" class="actions">
      <input type="hidden" name="hash" value={hash} />
      <button class="plain" type="submit" name="agree" value="yes">
        I agree
      </button>
      <button class="plain" type="submit" name="agree" value="no">
        I would rather not
      </button>
    </Post>
    <p class="small quiet">You need not give a reason, and none is told.</p>
  </section>
)
