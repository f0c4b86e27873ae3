import type { OfferedView } from '../../bookings/private-proposal-schema.ts'
import { zoneText } from '../../notices/wording.ts'
import { FaultList, type Faults, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { StepList } from '../components/step-list.tsx'
import { priceText, untilText } from '../components/words.ts'
import { OfferedTime } from './proposal-time.tsx'

interface Props {
  frame: Frame
  token: string
  offer: OfferedView
  zone: string
  chosen: string | undefined
  faults: Faults
}

/** What was proposed to one person: the exact price, times and terms; one of them is chosen, or none. */
export const ProposalPage = (props: Props) => (
  <Layout frame={props.frame} title="A private page" kind="private">
    <div class="narrow stack">{props.offer.state === 'open' ? <Open {...props} /> : <Over />}</div>
  </Layout>
)

const Open = ({ frame, token, offer, zone, chosen, faults }: Props) => (
  <>
    <section>
      <h1>Proposed to you</h1>
      <p class="lede figures" safe>{`${priceText(offer.price)}, until ${untilText(offer.until, zone)}.`}</p>
      <FaultList faults={faults} />
      <Post frame={frame} action={`/o/${token}/acceptance`} class="stack" novalidate>
        <SentOnce />
        <input type="hidden" name="termsVersion" value={String(offer.termsVersion)} />
        <fieldset id="start">
          <legend safe>{`The times, by ${zoneText(zone)}`}</legend>
          {offer.times.map(time => (
            <OfferedTime time={time} offer={offer} zone={zone} chosen={chosen} only={offer.times.length === 1} />
          ))}
        </fieldset>
        {!!offer.steps && (
          <section aria-labelledby="steps">
            <h2 id="steps">Step by step</h2>
            <p>
              The times of the further steps are found from the first one. You see them once you have accepted, and can
              choose others.
            </p>
            <StepList steps={offer.steps} />
          </section>
        )}
        {!!offer.before && <p class="quiet">{beforeText[offer.before]}</p>}
        <p class="small quiet figures" safe>
          {offer.terms}
        </p>
        <Tick name="consent" fault={faults.consent} required>
          I have read this and agree to it
        </Tick>
        <div class="answers">
          <button class="plain" type="submit" name="answer" value="accept">
            Accept
          </button>
          <button class="plain" type="submit" name="answer" value="decline">
            I would rather not
          </button>
        </div>
      </Post>
      <p class="quiet">You need not give a reason, and none is asked.</p>
    </section>
  </>
)

const beforeText = {
  other:
    'You get a page to give to the other of you, who says yes or no there. Nothing is charged before. We write to nobody.',
  calls:
    'You get a page to give to the other of you, who says yes or no there, and we speak with each of you alone. Nothing is charged before. We write to nobody.'
} as const

const Over = () => (
  <section>
    <h1>There is nothing to answer here</h1>
    <p class="lede">What was proposed here is not open any more. What you accepted is in the mails that you got.</p>
    <p>
      <a href="/contact">Ask us, if you like</a>
    </p>
  </section>
)

/** After a no: nothing of what it was. */
export const ProposalNoted = ({ frame }: Pick<Props, 'frame'>) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <h1>Thank you</h1>
      <p class="lede">That is noted, and there is nothing more for you to do.</p>
    </div>
  </Layout>
)
