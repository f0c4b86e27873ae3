import type { Said } from '../../clients/answer.ts'
import { mayBeMailed } from '../../clients/answer-faults.ts'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { AddressField, SayForm } from './say-form.tsx'

interface Props {
  frame: Frame
  kind: Said['kind']
  concern?: Said['concern']
  returnWords: string
  /** What the practice answers to the concern. */
  answer?: string | undefined
  /** Where the page is that it was said on. */
  back: string
  /** What was left with it: then nothing more is asked for. */
  left: { address?: string | undefined; noteOn?: string | undefined }
  /** Why what was to be left could not be. */
  fault?: string | undefined
}

/** What happens with what was said, and the words to come back by. */
export const Answered = ({ frame, kind, concern, returnWords, answer, back, left, fault }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section role="status">
        <h1>{kind === 'no_contact' ? 'Understood.' : 'Thank you.'}</h1>
        {!!answer && (
          <p class="lede" safe>
            {answer}
          </p>
        )}
        <p safe>{happens(kind, frame, mayBeMailed({ concern }) ? left : {})}</p>
        {!mayBeMailed({ concern }) && <p>{neverMailed}</p>}
        <Emergency frame={frame} />
      </section>
      <section class="card">
        <p>
          {isRead(kind)
            ? 'To read the reply, to change it or to delete it, keep these words:'
            : 'If you ever want to change or delete this, keep these words:'}
        </p>
        <p class="words" translate="no" safe>
          {returnWords}
        </p>
        <p class="small quiet">
          They are shown this once. You come back with them at <strong>/r</strong> of this address.{' '}
          <a href={back}>Back to the page</a>
        </p>
      </section>
      {kind !== 'enquiry' && !left.address && mayBeMailed({ concern }) && (
        <LeaveAddress kind={kind} returnWords={returnWords} back={back} left={left} fault={fault} />
      )}
    </div>
  </Layout>
)

/** Instead of asking for an address. */
export const neverMailed =
  'So that nobody finds a word of this in a mailbox, we send no mail about it, also not of a reply: come back with your words.'

const isRead = (kind: Props['kind']) => kind !== 'not_now' && kind !== 'no_contact'

function happens(kind: Props['kind'], { replyWithin }: Frame, { address, noteOn }: Props['left']): string {
  if (kind === 'not_now')
    return noteOn && address
      ? 'Nothing more happens but the one note on the day that you chose; then we delete your address.'
      : 'Nothing more happens.'
  if (kind === 'no_contact')
    return `We will not contact you.${address ? ' If someone gives us your address, we will not use it.' : ''}`
  const told = address ? ' We tell the address that you left when a reply is there.' : ''
  return `A therapist reads this, usually within ${replyWithin}; nobody is here at night.${told}`
}

const asked = {
  not_now: {
    lead: 'If you like, we send you one note on a day you choose; then we delete your address.',
    label: 'An address that only you read',
    button: 'Send me one note'
  },
  no_contact: {
    lead: 'If someone gives us your address, we will not use it. Enter it, if you like:',
    label: 'The address. We keep it so that nobody can read it',
    button: 'Never write to it'
  },
  read: {
    lead: 'Or leave an address that only you read. Or do neither.',
    label: 'An address that only you read',
    button: 'Tell me when a reply is there'
  }
} as const

/** An address may be left afterwards: it is asked for by nobody. */
const LeaveAddress = ({ kind, returnWords, back, left, fault }: Omit<Props, 'frame' | 'answer'>) => {
  const { lead, label, button } = asked[kind === 'not_now' || kind === 'no_contact' ? kind : 'read']
  return (
    <section aria-label="An address, if you like">
      <p>{lead}</p>
      {!!fault && (
        <p class="fault" role="alert" safe>
          {fault}
        </p>
      )}
      <SayForm action="/r/address" kind={kind}>
        <input type="hidden" name="returnWords" value={returnWords} />
        <input type="hidden" name="back" value={back} />
        {kind === 'not_now' && (
          <div class="field">
            <label for="left-day">The day</label>
            <input id="left-day" name="noteOn" type="date" value={left.noteOn} autocomplete="off" />
          </div>
        )}
        <AddressField id="left-address" label={label} />
        <button class="plain" type="submit">
          {button}
        </button>
      </SayForm>
    </section>
  )
}
