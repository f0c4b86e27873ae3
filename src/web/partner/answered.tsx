import type { GivenAnswer } from '../../clients/answer-invitation.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { type Frame, Layout } from '../components/layout.tsx'

interface Props {
  frame: Frame
  given: GivenAnswer
  returnWords: string
  /** What the practice answers to the concern. */
  answer: string | undefined
  token: string
}

/** What happens with what was said, and the words to come back by. */
export const Answered = ({ frame, given: { kind, noteOn, address }, returnWords, answer, token }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack" role="status">
      {kind === 'not_now' && (
        <section>
          <h1>Thank you.</h1>
          <p class="lede">
            {noteOn
              ? 'Nothing more happens but the one note on the day that you chose; then we delete your address.'
              : 'Nothing more happens.'}
          </p>
        </section>
      )}
      {kind === 'no_contact' && (
        <section>
          <h1>Understood.</h1>
          <p class="lede">
            {address
              ? 'We will not contact you. If someone gives us your address, we will not use it.'
              : 'We will not contact you.'}
          </p>
        </section>
      )}
      {(kind === 'question' || kind === 'concern' || kind === 'times') && (
        <section>
          <h1>Thank you.</h1>
          {!!answer && (
            <p class="lede" safe>
              {answer}
            </p>
          )}
          <p safe>{`A therapist reads this, usually within ${frame.replyWithin}; nobody is here at night.`}</p>
        </section>
      )}
      <section class="card">
        <p>
          {kind === 'question' || kind === 'concern' || kind === 'times'
            ? 'To read the reply, to add something or to delete it, keep these words:'
            : 'If you ever want to change or delete this, keep these words:'}
        </p>
        <p class="words" translate="no" safe>
          {returnWords}
        </p>
        <p class="small quiet">
          They are shown this once. You come back with them at <strong>/r</strong> of this address.{' '}
          <a href={`/p/${token}`}>Back to the page</a>
        </p>
      </section>
    </div>
  </Layout>
)

/** What would be shown to who gave the link, exactly, before the yes. */
export const Preview = ({
  frame,
  given: { concern, words, address },
  token
}: Pick<Props, 'frame' | 'given' | 'token'>) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section>
        <h1>This is exactly what will be shown</h1>
        <blockquote class="card">
          <p>{concern ? concernWords[concern].label : ''}</p>
          {!!words && (
            <p class="typed" safe>
              {words}
            </p>
          )}
        </blockquote>
        <p>Nothing else of what you do here is shown, and you can take it back later.</p>
        <div class="actions">
          {(['inviter', 'therapist'] as const).map(audience => (
            <form method="post" action={`/p/${token}/answers`} autocomplete="off">
              <input type="hidden" name="kind" value="concern" />
              <input type="hidden" name="concern" value={concern ?? ''} />
              <input type="hidden" name="words" value={words ?? ''} />
              <input type="hidden" name="address" value={address ?? ''} />
              <input type="hidden" name="audience" value={audience} />
              <input type="hidden" name="sure" value="yes" />
              <button class="plain" type="submit">
                {audience === 'inviter' ? 'Show it' : 'Keep it between us'}
              </button>
            </form>
          ))}
        </div>
      </section>
    </div>
  </Layout>
)

interface NotRightProps extends Pick<Props, 'frame' | 'token'> {
  sentences: readonly string[]
  /** What was written, so that nobody has to write it again. */
  words: string | undefined
}

/** Something was not right: what, and the way back. Nothing was kept. */
export const NotRight = ({ frame, token, sentences, words }: NotRightProps) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack" role="alert">
      <section>
        <h1>Something is not right yet</h1>
        <ul>
          {sentences.map(sentence => (
            <li safe>{sentence}</li>
          ))}
        </ul>
        <p>
          Nothing was sent. <a href={`/p/${token}`}>Back to the page</a>
        </p>
      </section>
      {!!words?.trim() && (
        <section>
          <h2>What you wrote</h2>
          <p class="typed card" safe>
            {words}
          </p>
        </section>
      )}
    </div>
  </Layout>
)
