import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { When } from '../components/when.tsx'
import { DetailFields, type Given } from '../site/detail-fields.tsx'
import type { Offer } from '../site/details.tsx'
import { Consent } from '../site/details-consent.tsx'
import { SayForm } from './say-form.tsx'

interface Props {
  frame: Frame
  offer: Offer
  slot: string
  given: Given
  faults: Faults
}

/** A name to go by, where the code goes, and one button. */
export const CallDetails = ({ frame, offer, slot, given, faults }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <a class="back" href="/p/call">
        <ArrowLeft /> Another time
      </a>
      <FaultList faults={faults} />
      <section>
        <h1>Twenty minutes, just you</h1>
        {offer.appointments.map(({ start, end }) => (
          <When start={start} end={end} zone={offer.zone} practiceZone={offer.practiceZone} />
        ))}
        <p class="quiet" safe>{`${offer.place}. Free. No surname needed.`}</p>
        <Emergency frame={frame} />
      </section>
      <SayForm action="/p/call/booking">
        <SentOnce />
        <input type="hidden" name="slot" value={slot} />
        <input type="hidden" name="zone" value={offer.zone} />
        <input type="hidden" name="termsVersion" value={String(offer.termsVersion)} />
        <DetailFields own={undefined} given={given} faults={faults} forTwo={false} />
        <Consent offer={offer} given={given} faults={faults} />
        <p class="actions">
          <button type="submit">Send me the code</button>
        </p>
        <p class="quiet small">The time is kept for you for ten minutes. A code of eight digits comes by mail.</p>
      </SayForm>
    </div>
  </Layout>
)
