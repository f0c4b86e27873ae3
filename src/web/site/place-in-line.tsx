import { Blocks, daysText } from '../components/blocks.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { untilText } from '../components/words.ts'
import { TwoOfYou } from './detail-fields.tsx'
import { Consent } from './details-consent.tsx'
import type { ShownPlace } from './show-place.ts'

interface Props {
  frame: Frame
  token: string
  place: ShownPlace
  faults: Faults
}

/** What whoever waits finds behind the link of their mails: how it stands, and what they can do about it. */
export const PlaceInLine = ({ frame, token, place: { place, offer }, faults }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <FaultList faults={faults} />
      <h1>{heading[place.state]}</h1>
      {place.state === 'unconfirmed' && (
        <p class="lede">
          Somebody asked to wait for these dates with your address. If it was you, say so: your turn counts from when
          you asked. Nothing is booked and nothing is charged.
        </p>
      )}
      {place.state === 'waiting' && <p class="lede">If a place comes free, it is kept for you, and we write to you.</p>}
      {place.state === 'offered' && !!place.until && (
        <p class="lede" safe>{`It is kept for you until ${untilText(place.until, offer.zone)}.`}</p>
      )}
      {place.state === 'over' && (
        <p class="lede">
          Nothing is kept for you here. You can <a href="/contact">ask us</a>.
        </p>
      )}
      <section class="card" aria-label="The dates">
        <p class="when" safe>
          {daysText(offer.appointments, offer.zone)}
        </p>
        <Blocks blocks={offer.appointments} zone={offer.zone} />
        {place.state === 'offered' && (
          <dl class="facts">
            <dt>Where</dt>
            <dd safe>{offer.place}</dd>
            <dt>Price</dt>
            <dd class="figures" safe>
              {offer.price}
            </dd>
          </dl>
        )}
      </section>
      {place.state === 'offered' && <Accept frame={frame} token={token} offer={offer} faults={faults} />}
      {place.state === 'unconfirmed' && (
        <Post frame={frame} action={`/w/${token}/confirmation`}>
          <p class="actions">
            <button type="submit">It was me, keep my turn</button>
          </p>
        </Post>
      )}
      {place.state !== 'over' && (
        <Post frame={frame} action={`/w/${token}/leaving`}>
          <p class="actions">
            <button class="plain" type="submit">
              {leaving[place.state]}
            </button>
          </p>
        </Post>
      )}
    </div>
  </Layout>
)

const heading = {
  unconfirmed: 'Was it you?',
  waiting: 'You wait for these dates',
  offered: 'A place for you',
  over: 'This is over'
} as const

const leaving = { unconfirmed: 'Forget it', waiting: 'I no longer wait', offered: 'I would rather not' } as const

const Accept = ({
  frame,
  token,
  offer,
  faults
}: Pick<Props, 'frame' | 'token' | 'faults'> & Pick<ShownPlace, 'offer'>) => (
  <Post frame={frame} action={`/w/${token}`} novalidate>
    <SentOnce />
    <input type="hidden" name="termsVersion" value={String(offer.termsVersion)} />
    <TwoOfYou given={{}} faults={faults} asksTheOther={offer.asksTheOther} />
    <Consent offer={offer} given={{}} faults={faults} />
    <p class="actions">
      <button type="submit">Take the place</button>
    </p>
    <p class="quiet small" safe>
      {offer.approval || !offer.dueNow
        ? 'Nothing is charged before the practice and both of you have said yes.'
        : `If you have both agreed, you pay ${offer.dueNow} on the next page, at Stripe. Else nothing is charged before you have both said yes.`}
    </p>
  </Post>
)
