import { isForTwo, type SessionType } from '../../catalog/session-type.ts'
import { BeforeSharing, Confidentiality } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { lengthText } from '../components/length-words.ts'
import { TypeList } from '../components/types.tsx'

interface Props {
  frame: Frame
  types: readonly SessionType[]
}

/** Branch 1 of the guided start: both are ready. */
export const Together = ({ frame, types }: Props) => (
  <Layout frame={frame} title="Together" kind="open">
    <div class="narrow">
      <h1>Together</h1>
      <p class="lede">
        Choose what fits: a single conversation, a regular hour, one to three private days, or a short programme with an
        end.
      </p>
      <p>
        You suggest a time; your partner gets a page of their own and says yes, no, or another time. Until you have both
        said yes, nothing is booked and nothing is charged.
      </p>
      <TypeList types={types.filter(isForTwo)} level="h2" />
      <p class="section">
        Not sure that your partner wants this? Begin <a href="/not-sure">with ways that ask nothing of your partner</a>{' '}
        instead.
      </p>
    </div>
  </Layout>
)

/** Branch 2: one person begins. `back`: the partner's page that somebody came from; then this one is private, too. */
export const Alone = ({ frame, types, back }: Props & { back?: string }) => (
  <Layout frame={frame} title="On your own" kind={back ? 'private' : 'open'}>
    <div class="narrow">
      <h1>On your own</h1>
      <p class="lede">One person can change how a conversation goes. You may come once, or for a while.</p>
      <p>
        What you say here stays with you and your therapist, within the limits of the law. If the two of you ever want
        to come together, we will first talk with you about how.
      </p>
      <Confidentiality />
      <AloneActions types={types} call={back && `${back}/call`} />
      {!!back && (
        <p>
          <a href={back}>Back</a>
        </p>
      )}
    </div>
  </Layout>
)

/** Branch 3: the other is not sure. Help for who asks comes before any invitation, and nothing leads to a joint time. */
export const NotSure = ({ frame, types }: Props) => (
  <Layout frame={frame} title="Not sure yet" kind="open">
    <div class="narrow">
      <h1>My partner is not sure yet</h1>
      <p class="lede">
        Wanting help when the other does not is no failure. Often it is a sign of how much you care. It can also be
        lonely and tiring, as if you were carrying this alone. You do not have to have an answer today.
      </p>
      <ol class="steps">
        <li>
          <h2>Begin with yourself.</h2>
          <p>A conversation on your own can help you find out what you want to say.</p>
          <AloneActions types={types} forMe />
        </li>
        <li>
          <h2>Ask, do not persuade.</h2>
          <p>You might say:</p>
          <blockquote>
            I know this may not appeal to you right now. Can we talk about what feels uncomfortable about it?
          </blockquote>
          <p>Then listen. Your partner may have good reasons.</p>
        </li>
        <li>
          <h2>Think of another form.</h2>
          <p>
            For some people a weekly hour is the wrong shape. There are private days, retreats and short programmes.{' '}
            <a href="/forms">See them side by side</a>
          </p>
        </li>
        <li>
          <h2>When you think it is welcome:</h2>
          <p>Give your partner a private page, to look at alone.</p>
          <BeforeSharing />
          <p>
            <a href="/page-to-share">Get a page to share</a> · <a href="/p">Look at it first</a>
          </p>
        </li>
      </ol>
    </div>
  </Layout>
)

interface ActionsProps {
  types: readonly SessionType[]
  forMe?: boolean
  /** Where a free call is chosen, if not among the public times. */
  call?: string | undefined
}

/** Times for one person, and the free call, where the practice offers them. */
const AloneActions = ({ types, forMe = false, call }: ActionsProps) => {
  const own = types.filter(type => !isForTwo(type))
  const paid = own.find(({ price }) => price.amount > 0)
  const free = own.find(({ price }) => price.amount === 0)
  return (
    <p class="actions">
      {!!paid && (
        <a class="button" href={`/sessions/${encodeURIComponent(paid.slug)}/times`}>
          {forMe ? 'Times for me' : 'Choose a time'}
        </a>
      )}
      {!!free && (
        <a class="button plain" href={call ?? `/sessions/${encodeURIComponent(free.slug)}/times`} safe>
          {forMe ? `A free call of ${lengthText(free)}` : `${lengthText(free)} by phone, free`}
        </a>
      )}
    </p>
  )
}
