import type { BookingView } from '../../bookings/schema.ts'
import { timesOf } from '../../bookings/times-of.ts'
import { byHandText } from '../../clients/confirmation.ts'
import { dayText } from '../../notices/wording.ts'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText } from '../components/words.ts'
import { stateMark } from './agenda-entry.tsx'
import { Calls } from './client-calls.tsx'
import { Frequency } from './client-frequency.tsx'
import { kindText, namesOf } from './clients.tsx'
import type { ClientPage } from './read-client.ts'
import { aloneText } from './whose.ts'

interface Props extends ClientPage {
  frame: Frame
  fault: string | undefined
  zone: string
}

/** One client: what both see, and beside each other what is each one’s alone. */
export const ClientDetail = ({ frame, client, shared, members, calls, types, fault, zone }: Props) => (
  <Layout frame={frame} title="Client" kind="staff" here="/console/clients">
    <a class="back" href="/console/clients">
      <ArrowLeft /> Clients
    </a>
    <h1 safe>{namesOf(client)}</h1>
    <p class="lede" safe>
      {kindText(client)}
    </p>
    {!!fault && (
      <p class="notice" role="alert" safe>
        {fault}
      </p>
    )}
    <section class="card" aria-labelledby="shared">
      <h2 id="shared">
        {client.kind === 'couple' ? 'Joint: both see this, but for what is only the other’s' : 'Appointments'}
      </h2>
      <Bookings items={shared} types={types} zone={zone} />
      {calls.map(({ start, calls }) => (
        <Calls start={start} calls={calls} zone={zone} />
      ))}
    </section>
    <div class="pair section">
      {members.map(({ person, name, until, alone }) => (
        <section class="card" aria-labelledby={`m-${person}`}>
          <h2 id={`m-${person}`} safe>
            {name || 'No name given'}
          </h2>
          <p class="small quiet">
            {until
              ? `Sees the joint past, until ${dayText(until.setZone(zone))}.`
              : 'Sees what is joint, and what is here.'}
          </p>
          {client.kind === 'couple' && (
            <>
              <p class="over">Theirs alone: the other sees nothing of it, not even that it is there</p>
              <Bookings items={alone} types={types} zone={zone} />
            </>
          )}
        </section>
      ))}
    </div>
    {frame.may('choose how bookings are confirmed') && <Confirmation frame={frame} client={client} />}
    {frame.may('choose how bookings are confirmed') && <Frequency frame={frame} client={client} />}
  </Layout>
)

const Bookings = ({
  items,
  types,
  zone
}: Pick<ClientPage, 'types'> & { items: readonly BookingView[]; zone: string }) =>
  items.length === 0 ? (
    <p class="quiet">Nothing.</p>
  ) : (
    <ul>
      {items.flatMap(view =>
        timesOf(view.appointments).map(({ start, end, who }) => (
          <li>
            <a class="figures" href={`/console/bookings/${view.id}`} safe>
              {rangeText(start, end, zone)}
            </a>{' '}
            <span class="quiet small" safe>
              {[nameOf(view, types), aloneText(view, who), stateMark(view.state)].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))
      )}
    </ul>
  )

const nameOf = ({ sessionType = '' }: BookingView, types: ClientPage['types']) => types.get(sessionType) ?? sessionType

const Confirmation = ({
  frame,
  client: { id, confirmation, safetyFlag }
}: {
  frame: Frame
  client: ClientPage['client']
}) => (
  <section class="card section" aria-labelledby="confirmation">
    <h2 id="confirmation">How appointments are confirmed</h2>
    <p class="quiet">{`By hand, each waits for your yes. Clients read: “${byHandText}” The reason is never told.`}</p>
    <Post frame={frame} action={`/console/clients/${id}/confirmation`} class="actions">
      {confirmation === 'by_hand' ? (
        <button class="plain" type="submit" name="confirmation" value="usual">
          Confirm as usual
        </button>
      ) : (
        <button class="plain" type="submit" name="confirmation" value="by_hand">
          Confirm by hand
        </button>
      )}
    </Post>
    {safetyFlag !== undefined && (
      <>
        <h3>Safety flag</h3>
        <p class="quiet">
          {safetyFlag
            ? 'It stands. You and the owner see it, and nobody else: no client, no colleague, no export, no mail.'
            : 'For when one of the two may not be safe. All that follows is that appointments are confirmed by hand; times, prices and words stay as they are.'}
        </p>
        {frame.may('raise a safety flag') && (
          <Post frame={frame} action={`/console/clients/${id}/safety-flag`} class="actions">
            <button class="plain" type="submit" name="flag" value={safetyFlag ? 'away' : 'raise'}>
              {safetyFlag ? 'Take the flag away' : 'Raise the flag'}
            </button>
          </Post>
        )}
      </>
    )}
  </section>
)
