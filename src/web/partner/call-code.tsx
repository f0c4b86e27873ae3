import type { DateTime } from 'luxon'
import { Emergency } from '../components/emergency.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { CodeField } from '../components/person-fields.tsx'
import { When } from '../components/when.tsx'
import { SayForm } from './say-form.tsx'

interface Props {
  frame: Frame
  /** The booking, and the token that opens it: this page carries them, so that no cookie has to. */
  booking: string
  token: string
  zone: string
  fault?: string | undefined
  /** A new code has been asked for. */
  again?: boolean
}

/** The code that was mailed: nothing is booked before it is given. */
export const CallCode = ({ frame, booking, token, zone, fault, again = false }: Props) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section>
        <h1>We have mailed you a code</h1>
        <p class="lede">{again ? 'A new one is on its way.' : 'The time is kept for you for ten minutes.'}</p>
        <SayForm action="/p/call/confirmation">
          <Carried booking={booking} token={token} zone={zone} />
          <CodeField fault={fault} />
          <button type="submit">Confirm the call</button>
        </SayForm>
        <SayForm action="/p/call/codes">
          <Carried booking={booking} token={token} zone={zone} />
          <p>
            Nothing there after a minute or two? Look among unwanted mail, or{' '}
            <button class="link" type="submit">
              have a new code sent
            </button>
            .
          </p>
        </SayForm>
      </section>
    </div>
  </Layout>
)

const Carried = ({ booking, token, zone }: Pick<Props, 'booking' | 'token' | 'zone'>) => (
  <>
    <input type="hidden" name="booking" value={booking} />
    <input type="hidden" name="token" value={token} />
    <input type="hidden" name="zone" value={zone} />
  </>
)

interface ConfirmedProps {
  frame: Frame
  appointments: readonly { start: DateTime; end: DateTime }[]
  zone: string
  practiceZone: string
}

export const CallConfirmed = ({ frame, appointments, zone, practiceZone }: ConfirmedProps) => (
  <Layout frame={frame} title="A private page" kind="private">
    <div class="narrow stack">
      <section role="status">
        <h1>Your call is confirmed</h1>
        {appointments.map(({ start, end }) => (
          <When start={start} end={end} zone={zone} practiceZone={practiceZone} />
        ))}
        <p>
          We have sent you a mail with the date and the time. Its link leads to everything else, and to cancelling it.
          All of this is deleted 90 days after the call, unless you become a client.
        </p>
        <Emergency frame={frame} />
      </section>
    </div>
  </Layout>
)
