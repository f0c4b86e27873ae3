import type { Answer } from '../../clients/answer.ts'
import { mayBeMailed, mayBeShown } from '../../clients/answer-faults.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { neverMailed } from './answered.tsx'
import { AddressField, WordsField } from './say-form.tsx'
import type { Typed } from './thread.tsx'

interface Props {
  frame: Frame
  answer: Answer
  refused?: Typed | undefined
}

/** The words themselves, as long as they stand here. Who may read them is asked anew then. */
export const ChangeWords = ({ frame, answer: { kind, words, audience }, refused }: Props) => {
  if (kind !== 'question' && kind !== 'concern' && kind !== 'enquiry') return ''
  const own = refused?.part === 'words' ? refused : undefined
  return (
    <section>
      <details open={own !== undefined}>
        <summary>Change what you wrote</summary>
        {audience === 'inviter' && <p>Then it is the therapist’s alone again, until you show it once more.</p>}
        <Post frame={frame} action="/r/thread/words" stays>
          <WordsField id="changed" label="Your words" value={own?.typed ?? words ?? ''} fault={own?.fault} />
          <button class="plain" type="submit">
            Change it
          </button>
        </Post>
      </details>
    </section>
  )
}

/** Who may read a concern: shown only after its writer has seen exactly what would be shown. */
export const WhoMayRead = ({ frame, answer }: Props) =>
  mayBeShown(answer) ? (
    <section aria-labelledby="shown">
      <h2 id="shown">Who may read it</h2>
      <p>
        {answer.audience === 'inviter'
          ? 'Who gave you the page can read exactly what stands at the top here, and nothing else.'
          : 'Only the therapist. If you like, who gave you the page can read it too: you see first what exactly.'}
      </p>
      <Post frame={frame} action="/r/thread/audience" stays>
        <input type="hidden" name="audience" value={answer.audience === 'inviter' ? 'therapist' : 'inviter'} />
        <button class="plain" type="submit">
          {answer.audience === 'inviter' ? 'Keep it between us again' : 'See what would be shown'}
        </button>
      </Post>
    </section>
  ) : (
    ''
  )

const addressWords = {
  not_now: 'One note, on a day that you choose; then we delete your address.',
  no_contact: 'If someone gives us this address, we will not use it. We keep it so that nobody can read it.',
  read: 'When a reply is there, we tell this address, and not what it says.'
} as const

/** The address that was left, which is never shown again; another one, or none. */
export const OwnAddress = ({ frame, answer: { kind, concern, hasAddress, noteOn }, refused }: Props) => {
  if (!mayBeMailed({ concern })) return <p class="quiet small">{neverMailed}</p>
  const own = refused?.part === 'address' ? refused : undefined
  return (
    <section>
      <details open={own !== undefined}>
        <summary>{hasAddress ? 'The address that you left' : 'Leave an address'}</summary>
        <p>{addressWords[kind === 'not_now' || kind === 'no_contact' ? kind : 'read']}</p>
        {!!noteOn && <p safe>{`The note leaves on ${noteOn}.`}</p>}
        {!!own && (
          <p class="fault" role="alert" safe>
            {own.fault}
          </p>
        )}
        <Post frame={frame} action="/r/thread/address" novalidate stays>
          {kind === 'not_now' && (
            <div class="field">
              <label for="own-day">The day</label>
              <input id="own-day" name="noteOn" type="date" autocomplete="off" />
            </div>
          )}
          <AddressField id="own-address" label="An address that only you read" value={own?.typed} />
          <button class="plain" type="submit">
            Keep this address
          </button>
        </Post>
        {hasAddress && (
          <Post frame={frame} action="/r/thread/address" stays>
            <input type="hidden" name="remove" value="yes" />
            <button class="plain" type="submit">
              Delete the address
            </button>
          </Post>
        )}
      </details>
    </section>
  )
}
