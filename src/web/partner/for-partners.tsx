import { concerns } from '../../../db/schema/partners.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import type { Practice } from '../../identity/practice.ts'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { AddressField, SayForm, WordsField } from './say-form.tsx'

interface Props {
  frame: Frame
  practice: Practice
  /** Whether the practice offers a free call. */
  mayCall: boolean
}

/** For whoever was asked by somebody close to them: the same for everybody, tied to nobody. */
export const ForPartners = ({ frame, practice, mayCall }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section>
        <h1>If someone asked you to look</h1>
        <p class="lede">
          Someone close to you may have spoken of us. You do not have to do anything with it, and nobody sees that you
          are here.
        </p>
        <Emergency frame={frame} />
      </section>
      <section>
        <h2>What feels uncomfortable about it?</h2>
        {concerns
          .filter(key => key !== 'other')
          .map(key => (
            <details>
              <summary safe>{concernWords[key].label}</summary>
              <p safe>{concernWords[key].answer(practice)}</p>
            </details>
          ))}
      </section>
      <section>
        <h2>Three ways, and none is asked of you</h2>
        <p class="actions">
          <a class="button plain" href={mayCall ? '/p/call' : '/contact'}>
            Twenty minutes, just you
          </a>
          <a class="button plain" href="/p/forms">
            Other forms than a weekly hour
          </a>
          <a class="button plain" href="/p/alone">
            Start on my own
          </a>
        </p>
      </section>
      <section id="ask">
        <h2>Ask something</h2>
        <p>No name needed. A therapist reads it, and nobody else.</p>
        <AskForm action="/p" />
      </section>
    </div>
  </Layout>
)

/** A question without a name, with or without an address for the reply. */
export const AskForm = ({
  action,
  words,
  address,
  fault
}: {
  action: string
  words?: string | undefined
  address?: string | undefined
  fault?: string | undefined
}) => (
  <SayForm action={action}>
    <WordsField id="ask-words" label="Your question" value={words} fault={fault} required />
    <AddressField
      id="ask-address"
      label="An address that only you read, if you want to hear of a reply"
      value={address}
    />
    <button type="submit">Ask</button>
  </SayForm>
)
