import { Blocks, daysText } from '../components/blocks.tsx'
import { Emergency } from '../components/emergency.tsx'
import { FaultList, type Faults } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { EmailField, MailboxQuestion, NameField } from '../components/person-fields.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { type Given, NotMeetField } from './detail-fields.tsx'
import type { Offer } from './details.tsx'
import type { Own } from './read-details.ts'

interface Props {
  frame: Frame
  offer: Offer
  own: Own | undefined
  given: Given
  faults: Faults
}

/** Who waits, and what that means: nothing is booked or charged. */
export const WaitForm = ({ frame, offer, own, given, faults }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <a class="back" href={offer.back.address}>
      <ArrowLeft /> Other dates
    </a>
    <FaultList faults={faults} />
    <div class="pair form">
      <aside class="card" aria-label="Your choice">
        <p class="over" safe>
          {offer.type.name}
        </p>
        <p class="when" safe>
          {daysText(offer.appointments, offer.zone)}
        </p>
        <Blocks blocks={offer.appointments} zone={offer.zone} />
      </aside>
      <Post frame={frame} action={`/w/new/${offer.sealed}`} novalidate>
        <h1>Wait for a place</h1>
        <p>
          If a place comes free, it is kept for you for two days, or for one where it is near, and we write to you.
          Nothing is booked and nothing is charged before you say so.
        </p>
        <SentOnce />
        <Emergency frame={frame} />
        {own ? (
          <p>
            You are signed in as <strong safe>{own.name ?? own.email}</strong>. <a href="/me/sign-in">Not you?</a>
          </p>
        ) : (
          ''
        )}
        {own?.name == null && <NameField value={given.name} fault={faults.name} required />}
        {!own && (
          <>
            <EmailField hint="Where we write if a place comes free." value={given.email} fault={faults.email} />
            <MailboxQuestion chosen={given.mailbox} faults={faults} />
          </>
        )}
        <NotMeetField given={given} faults={faults} />
        <p class="actions">
          <button type="submit">Wait for a place</button>
        </p>
        <p class="quiet small">You can go at any time, by the link in our mail.</p>
      </Post>
    </div>
  </Layout>
)
