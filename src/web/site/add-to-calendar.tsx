import type { Shown } from './shown.ts'

/** The ways into one's own calendar: a file for all appointments, or a new entry on the web for each. */
export const AddToCalendar = ({ booking: { id, appointments, timeOnly, entryTitle } }: { booking: Shown }) => (
  <section aria-labelledby="calendar">
    <h2 id="calendar">Add it to your calendar</h2>
    <p class="actions">
      <a class="button" href={`/b/${id}/appointment.ics`} download="appointment.ics">
        Calendar file
      </a>
      {/* Of several the file has all; a new entry on the web is for one. */}
      {(appointments.length === 1 ? appointments : []).map(({ add }) => (
        <>
          <a class="button plain" href={add.google} rel="noreferrer noopener" target="_blank">
            Google
          </a>
          <a class="button plain" href={add.outlook} rel="noreferrer noopener" target="_blank">
            Outlook
          </a>
        </>
      ))}
    </p>
    <p class="quiet small" safe>
      {`The entry says ${entryTitle}.${appointments.length === 1 ? ' Google and Outlook learn that, the date and the time, and nothing else.' : ' The file holds all of them.'}`}
    </p>
    {!timeOnly && (
      <p class="small">
        <a href={`/b/${id}/feed`}>Keep it in your calendar automatically</a>
      </p>
    )}
  </section>
)
