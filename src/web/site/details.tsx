import type { DateTime } from 'luxon'
import { byHandText } from '../../clients/confirmation.ts'
import { dayText } from '../../notices/wording.ts'
import { Dates } from '../components/dates.tsx'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { DetailFields, type Given, NotMeetField } from './detail-fields.tsx'
import { Consent, HowToPay, Preview } from './details-consent.tsx'
import { afterText, buttonText, Either, togetherText } from './details-words.tsx'
import type { Own } from './read-details.ts'

/** One choice with everything that it means, worked out by `quote` before anybody agrees to it. */
export interface Offer {
  sealed: string
  /** Where to choose again, and what is chosen there. */
  back: { address: string; words: string }
  type: { slug: string; name: string }
  appointments: readonly { start: DateTime; end: DateTime }[]
  /** What has no time here, in sentences: the other's own step, and what gets its time later. */
  besides: readonly string[]
  zone: string
  practiceZone: string
  place: string
  /** What is due now, in words: `$400`; undefined where nothing is. */
  dueNow: string | undefined
  price: string
  /** Where it is paid in several parts: what is due when. */
  dues: string | undefined
  /** The other way to pay it, where there is one: what is due when, and what comes back until when. */
  instalments: { dues: string; policy: string } | undefined
  policy: string
  terms: string
  termsVersion: number
  forTwo: boolean
  /** Nobody books it for both: each has a private call first, so that the other is asked. */
  asksTheOther: boolean
  /** Other couples come, too. */
  others: boolean
  approval: boolean
  /** When, or after what, the practice says yes. */
  answer: string
  statement: string
}

interface Props {
  frame: Frame
  offer: Offer
  /** Who is signed in here and books as themselves. */
  own: Own | undefined
  given: Given
  faults: Faults
}

/** Who books, what that means in sums and dates, and one button. */
export const Details = ({ frame, offer, own, given, faults }: Props) => {
  const { sealed, appointments, zone, practiceZone } = offer
  const [first] = appointments
  const day = first ? dayText(first.start.setZone(zone)) : ''
  return (
    <Layout frame={frame} title="Appointment" kind="quiet">
      <a class="back" href={offer.back.address}>
        <ArrowLeft /> <span safe>{offer.back.words}</span>
      </a>
      <FaultList faults={faults} />
      <div class="pair form">
        <aside class="card" aria-label="Your choice">
          <p class="over" safe>
            {offer.type.name}
          </p>
          <Dates appointments={appointments} zone={zone} practiceZone={practiceZone} />
          {offer.besides.map(sentence => (
            <p class="quiet small" safe>
              {sentence}
            </p>
          ))}
          <dl class="facts">
            <dt>Where</dt>
            <dd safe>{offer.place}</dd>
            <dt>Price</dt>
            <dd class="figures" safe>
              {offer.price}
            </dd>
            {!!offer.dues && (
              <>
                <dt>To pay</dt>
                <dd class="figures" safe>
                  {offer.dues}
                </dd>
              </>
            )}
          </dl>
        </aside>
        <Post frame={frame} action={`/b/new/${sealed}`} novalidate>
          <h1>Your details</h1>
          <SentOnce />
          <input type="hidden" name="termsVersion" value={String(offer.termsVersion)} />
          <Emergency frame={frame} />
          <DetailFields
            own={own}
            given={given}
            faults={faults}
            forTwo={offer.forTwo}
            asksTheOther={offer.asksTheOther}
          />
          {offer.others && <NotMeetField given={given} faults={faults} />}
          {!!offer.instalments && <HowToPay offer={offer} instalments={offer.instalments} given={given} />}
          <Preview office={frame.office} day={day} statement={offer.dueNow ? offer.statement : undefined} />
          <Consent offer={offer} given={given} faults={faults} />
          <p class="actions">
            <button type="submit">
              <Either offer={offer} together="Suggest this time" alone={buttonText(offer)} />
            </button>
          </p>
          <p class="quiet small">
            <Either offer={offer} together={togetherText(offer)} alone={afterText(offer)} />
            {/* The same to everybody: what is confirmed by hand, and why, is told to nobody before. */}
            {offer.forTwo && ` ${byHandText} Nothing is charged before that.`}
          </p>
        </Post>
      </div>
    </Layout>
  )
}
