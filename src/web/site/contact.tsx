import type { SessionType } from '../../catalog/session-type.ts'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { lengthText } from '../components/length-words.ts'
import { AskForm } from '../partner/for-partners.tsx'

interface Props {
  frame: Frame
  /** A session that costs nothing, to talk first. */
  call: SessionType | undefined
  /** A question that could not be taken as it was typed, and why. */
  refused?: { words: string; address: string; fault: string } | undefined
}

/** Whom to call in danger first, then how to reach the practice. */
export const Contact = ({ frame, call, refused }: Props) => (
  <Layout frame={frame} title="Contact" kind="open">
    <div class="narrow">
      <h1>Contact</h1>
      <section id="danger">
        <Emergency frame={frame} />
      </section>
      <section class="section" aria-labelledby="reach">
        <h2 id="reach">Reach us</h2>
        <p safe>{`We answer within ${frame.replyWithin}; nobody is here at night.`}</p>
        {!!call && (
          <>
            <p
              safe
            >{`The simplest way is a call of ${lengthText(call)}, just you. It is free, and it is no commitment.`}</p>
            <p class="actions">
              <a class="button" href={`/sessions/${encodeURIComponent(call.slug)}/times`}>
                Choose a time for a call
              </a>
            </p>
          </>
        )}
      </section>
      <section class="section" aria-labelledby="ask">
        <h2 id="ask">Ask us</h2>
        <p>No name needed. A therapist reads it, and nobody else.</p>
        <AskForm action="/contact" {...refused} />
      </section>
    </div>
  </Layout>
)

/** The page that every mail's foot leads to. */
export const HowWeWrite = ({ frame }: { frame: Frame }) => (
  <Layout frame={frame} title="How we write to you" kind="quiet">
    <div class="narrow">
      <h1>How we write to you</h1>
      <p class="lede" safe>
        {`Our mails come from ${frame.office}. They say when your appointment is, and nothing of what it is about.`}
      </p>
      <ul>
        <li>The subject and the first lines hold the date and the time: no name, no place, no price.</li>
        <li>A calendar entry says Appointment. You can give it another title in your own calendar.</li>
        <li>Everything else stands behind a link that opens your appointment alone. Keep that link to yourself.</li>
        <li>A code that we mail works once, for ten minutes. We never ask for it by phone.</li>
        <li>There is no tracking in our mails: no pictures, no counted links.</li>
      </ul>
    </div>
  </Layout>
)

/** A question is kept: who reads it, and the words by which its writer comes to the reply. */
export const Asked = ({ frame, returnWords, told }: { frame: Frame; returnWords: string; told: boolean }) => (
  <Layout frame={frame} title="Contact" kind="open">
    <div class="narrow stack">
      <section role="status">
        <h1>Thank you.</h1>
        <p safe>
          {`A therapist reads this, usually within ${frame.replyWithin}; nobody is here at night.${told ? ' We tell the address that you left when a reply is there.' : ''}`}
        </p>
        <Emergency frame={frame} />
      </section>
      <section class="card">
        <p>To read the reply, to change it or to delete it, keep these words:</p>
        <p class="words" translate="no" safe>
          {returnWords}
        </p>
        <p class="small quiet">
          They are shown this once. <a href="/r">Come back with your words</a>
        </p>
      </section>
    </div>
  </Layout>
)
