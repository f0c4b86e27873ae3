import { FaultList, type Faults, Field } from '../components/fields.tsx'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'

interface Props {
  frame: Frame
  therapist: string
  given: { url?: string | undefined; user?: string | undefined }
  faults: Faults
}

/**
 * A new calendar: by its secret address, or by an account where a name is given. What was typed stays where something
 * is not right, but the password.
 */
export const NewOutsideCalendar = ({ frame, therapist, given, faults }: Props) => (
  <section class="card" aria-labelledby="new">
    <h2 id="new">Add a calendar</h2>
    <FaultList faults={faults} />
    <Post frame={frame} action="/console/outside-calendars" novalidate>
      <SentOnce />
      <input type="hidden" name="therapist" value={therapist} />
      <Field
        name="url"
        label="Address of the calendar"
        value={given.url}
        fault={faults.url}
        autocomplete="off"
        hint="It is kept sealed and not shown again."
        required
      />
      <Finding />
      <details open={Boolean(given.user || faults.user || faults.password)}>
        <summary>It is an account (CalDAV)</summary>
        <p class="small quiet">
          For Fastmail, Nextcloud, mailbox.org and others. Make a password for apps there, so that you can end it there.
        </p>
        <Field name="user" label="Name of the account" value={given.user} fault={faults.user} autocomplete="off" />
        <Field
          name="password"
          label="Password for apps"
          type="password"
          fault={faults.password}
          autocomplete="new-password"
        />
      </details>
      <p class="actions">
        <button type="submit">Add</button>
      </p>
    </Post>
  </section>
)

/** Where the addresses are, as those services name it. */
const Finding = () => (
  <details>
    <summary>Where do I find the address?</summary>
    <dl class="facts ways-in">
      <dt>Google</dt>
      <dd>
        On a computer: <em>Settings</em>, your calendar at the left, <em>Integrate calendar</em>,{' '}
        <em>Secret address in iCal format</em>.
      </dd>
      <dt>Outlook</dt>
      <dd>
        On the web: <em>Settings</em>, <em>Calendar</em>, <em>Shared calendars</em>, <em>Publish a calendar</em>. Choose{' '}
        <em>Can view when I’m busy</em> and copy the ICS link.
      </dd>
      <dt>iCloud</dt>
      <dd>
        On icloud.com: press the person beside the calendar’s name, tick <em>Public Calendar</em>, copy the link.
      </dd>
      <dt>Others</dt>
      <dd>
        Look for an address that ends in <em>.ics</em>, or for CalDAV.
      </dd>
    </dl>
  </details>
)
