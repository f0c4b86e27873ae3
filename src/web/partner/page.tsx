import { concerns } from '../../../db/schema/partners.ts'
import { concernWords } from '../../clients/partner-texts.ts'
import { Emergency } from '../components/emergency.tsx'
import { Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { NoContact, NotNow, SuitsMe } from './doors.tsx'
import { AddressField, SayForm, WordsField } from './say-form.tsx'

interface Props {
  frame: Frame
  token: string
  /** What stays between the therapist and who tells it, in the practice's own choice of words. */
  secrets: string
  /** Whether the practice offers a free call. */
  mayCall: boolean
  /** The practice's: the partner's own is not known. */
  zone: string
}

/** The partner's page: the same to everybody who has its link, from its first day to its last. */
export const PartnerPage = ({ frame, token, secrets, mayCall, zone }: Props) => {
  const action = `/p/${token}/answers`
  return (
    <Layout frame={frame} title="A private page" kind="private">
      <div class="narrow stack">
        <section>
          <h1>This page is for you.</h1>
          <p class="lede">
            Someone close to you thought it might interest you. You do not have to do anything with it.
          </p>
          <Emergency frame={frame} />
        </section>
        <Facts secrets={secrets} />
        <nav aria-label="What you can do here">
          <ul class="ways doors">
            <li>
              <a href="#say">
                <h2>Ask or say something</h2>
                <p>A question, or what feels uncomfortable about it. No name needed.</p>
              </a>
            </li>
            <li>
              <a href={mayCall ? `/p/${token}/call` : '/contact'}>
                <h2>Twenty minutes, just you</h2>
                <p>By phone or video. To ask, not to be persuaded. Free.</p>
              </a>
            </li>
            <li>
              <a href="#not-now">
                <h2>Not now</h2>
                <p>That is an answer. We will not write to you.</p>
              </a>
            </li>
          </ul>
          <ul class="also">
            <li>
              <a href={`/p/${token}/forms`}>Other forms than a weekly hour</a>
            </li>
            <li>
              <a href={`/p/${token}/alone`}>Start on my own</a>
            </li>
            <li>
              <a href="#times">Times that would suit me</a>
            </li>
            <li>
              <a href="#no-contact">Please do not contact me again</a>
            </li>
          </ul>
        </nav>
        <Say action={action} />
        <NotNow action={action} />
        <SuitsMe action={action} zone={zone} />
        <NoContact action={action} />
        <p class="quiet small">
          Have you been here before? <a href="/r">Come back with your five words</a>
        </p>
      </div>
    </Layout>
  )
}

const Facts = ({ secrets }: { secrets: string }) => (
  <section class="card wash" aria-label="Before you begin">
    <p>
      <strong>What they see:</strong> nothing. Not whether you opened this, not what you choose, unless you tell us to
      share it. They do have the same link, so we never show here what was written.
    </p>
    <p>
      <strong>What we keep:</strong> only what you write. Deleted after 90 days unless you become a client; sooner if
      you wish.
    </p>
    <p>
      <strong>What stays between us:</strong> <span safe>{secrets}</span> The main exceptions by law: when someone’s
      life is in danger, when a child or a dependent person has to be protected, or when a court orders it.
    </p>
    <p>
      <strong>If you want to leave quickly:</strong> the button above, or Esc three times. It cannot erase your
      browser’s history.
    </p>
  </section>
)

const Say = ({ action }: { action: string }) => (
  <section id="say" class="section">
    <h2>What feels uncomfortable about it?</h2>
    <SayForm action={action} kind="concern">
      <fieldset>
        <legend class="unseen">What feels uncomfortable about it?</legend>
        {concerns.map(key => (
          <Tick name="concern" id={`concern-${key}`} type="radio" value={key} required>
            <span safe>{concernWords[key].label}</span>
          </Tick>
        ))}
      </fieldset>
      <WordsField id="concern-words" label="More, if you like" />
      <fieldset>
        <legend>Who may read it?</legend>
        <Tick name="audience" id="audience-therapist" type="radio" value="therapist" checked>
          Only the therapist
        </Tick>
        <Tick name="audience" id="audience-inviter" type="radio" value="inviter">
          Also who gave me this page. You see first what exactly would be shown.
        </Tick>
      </fieldset>
      <details>
        <summary>Hear of a reply by mail</summary>
        <AddressField id="concern-address" label="An address that only you read" />
      </details>
      <button type="submit">Send</button>
    </SayForm>
    <details class="section">
      <summary>Or ask a question</summary>
      <SayForm action={action} kind="question">
        <WordsField id="question-words" label="Your question" required />
        <AddressField id="question-address" label="An address that only you read, if you want to hear of a reply" />
        <button type="submit">Ask</button>
      </SayForm>
    </details>
  </section>
)
