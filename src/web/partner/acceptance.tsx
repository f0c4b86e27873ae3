import type { Suggestion } from '../../bookings/read-suggestion.ts'
import { zoneText } from '../../notices/wording.ts'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post, stayingAt } from '../components/post.tsx'
import { When } from '../components/when.tsx'
import { AnswerButtons } from '../site/answer-buttons.tsx'
import { Stretches } from './stretches.tsx'

interface Props {
  frame: Frame
  token: string
  suggestion: Suggestion
}

/** A suggested time, for whoever holds the link: the same whoever they are and whatever was answered, until it is over. */
export const AcceptancePage = ({ frame, token, suggestion }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      {suggestion.open ? <Open frame={frame} token={token} suggestion={suggestion} /> : <Over />}
    </div>
  </Layout>
)

const Open = ({ frame, token, suggestion }: Props) => (
  <>
    <section>
      <h1>A time was suggested</h1>
      <Times suggestion={suggestion} />
      <p class="lede">It takes place only if it suits you.</p>
      <form method="post" action={`/a/${token}/answers`} hx-boost="false" {...stayingAt(`/a/${token}/answers`)}>
        <AnswerButtons />
        <details>
          <summary>If another time: which ones, if you like</summary>
          <p class="quiet small" safe>{`For the practice alone, in ${zoneText(suggestion.zone)}.`}</p>
          <Stretches />
        </details>
      </form>
      <p>You need not give a reason, and none is asked.</p>
    </section>
    <Emergency frame={frame} />
    <section class="quiet small">
      <p>
        Whoever gave you this page hears whether the time is confirmed. They do not hear what you chose here. They have
        the same link, so this page never shows it.
      </p>
    </section>
  </>
)

const Over = () => (
  <section>
    <h1>There is nothing to answer here</h1>
    <p class="lede">This time is not asked about any more. There is nothing for you to do.</p>
  </section>
)

/** The times alone: neither what it is, nor with whom. */
export const Times = ({ suggestion: { appointments, alone, zone } }: Pick<Props, 'suggestion'>) => (
  <>
    {appointments.map(({ start, end }) => (
      <When start={start} end={end} zone={zone} practiceZone={zone} />
    ))}
    {alone && (
      <p class="quiet">
        And a conversation just for each of you: you choose when yours is, once you have said yes. Nobody else sees it.
      </p>
    )}
  </>
)

/** After a no, or the wish for another time: the same page, so that a look over the shoulder tells nothing. */
export const Noted = ({ frame }: Pick<Props, 'frame'>) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <h1>Thank you</h1>
      <p class="lede">
        Your answer is noted, and the time is free again. There is nothing more for you to do. We do not write to you.
      </p>
    </div>
  </Layout>
)

/** Somebody else said yes before, with another address. */
export const AnsweredAlready = ({ frame }: Pick<Props, 'frame'>) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <h1>This was answered already</h1>
      <p class="lede">
        Somebody has said yes here with another address. If that was not you, please tell us:{' '}
        <a href="/contact">contact</a>.
      </p>
      <p>You can still say no on the page before; that counts.</p>
    </div>
  </Layout>
)

/** The way back to the three answers. */
export const Back = ({ token }: Pick<Props, 'token'>) => (
  <p>
    <a href={`/a/${token}`}>Back to the answers</a>
  </p>
)

/** Whoever is signed in already says yes with one button. */
export const SayYes = ({ frame, token }: Pick<Props, 'frame' | 'token'>) => (
  <Post frame={frame} action={`/a/${token}/acceptance`}>
    <p class="actions">
      <button type="submit">Yes, this time suits me</button>
    </p>
  </Post>
)
