import type { SeenPlace } from '../../catalog/read-places.ts'
import type { Resource } from '../../catalog/store.ts'
import { zoneText } from '../../notices/wording.ts'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { boundsText } from './care-form.ts'

/** What was typed into one of the two forms. */
export type Typed = Readonly<Record<string, string>>

interface Props {
  frame: Frame
  therapists: readonly Resource[]
  places: readonly SeenPlace[]
  /** Which form was sent and is not right yet. */
  sent: 'therapist' | 'place' | undefined
  given: Typed
  faults: Faults
  /** Of a therapist who was just added: what they sign in with, shown this once. */
  added: { name: string; password: string | null } | undefined
}

/** Who works here and where, and how much each takes on. */
export const Therapists = ({ frame, therapists, places, sent, given, faults, added }: Props) => {
  const mayAdd = frame.may('change therapists and places')
  return (
    <Layout frame={frame} title="Therapists" kind="staff" here="/console/therapists">
      <h1>Therapists and places</h1>
      {added ? <Added {...added} /> : null}
      <div class="pair section">
        <section aria-labelledby="who">
          <h2 id="who">Therapists</h2>
          <ul class="types">
            {therapists.map(({ slug, name, zone, care }) => (
              <li>
                <a href={`/console/therapists/${slug}`}>
                  <strong safe>{name}</strong>
                  <p class="small quiet" safe>{`${boundsText(care)} · ${zoneText(zone)}`}</p>
                </a>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="where">
          <h2 id="where">Places</h2>
          <ul>
            {places.map(({ name, roomId, address, link }) => (
              <li>
                <span safe>{name}</span>
                <p class="small quiet" safe>
                  {[roomId ? 'A room: one session at a time' : 'Any number at once', address ?? link]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </section>
      </div>
      {mayAdd && (
        <div class="pair section">
          <NewTherapist frame={frame} {...own('therapist', sent, given, faults)} />
          <NewPlace frame={frame} {...own('place', sent, given, faults)} />
        </div>
      )}
    </Layout>
  )
}

const own = (form: string, sent: string | undefined, given: Typed, faults: Faults) =>
  sent === form ? { given, faults } : { given: {}, faults: {} }

const Added = ({ name, password }: { name: string; password: string | null }) => (
  <div class="note" role="status">
    <p
      safe
    >{`${name} was added. Set their opening hours, and offer session types with them: until then nothing can be booked.`}</p>
    {!!password && (
      <p>
        Their password, shown this once: <code safe>{password}</code>
      </p>
    )}
  </div>
)

const NewTherapist = ({ frame, given, faults }: { frame: Frame; given: Typed; faults: Faults }) => (
  <section class="card" aria-labelledby="new-therapist">
    <h2 id="new-therapist">Add a therapist</h2>
    <FaultList faults={faults} />
    <Post frame={frame} action="/console/therapists" novalidate>
      <SentOnce />
      <Field name="name" label="Name" value={given.name} fault={faults.name} required />
      <Field
        name="slug"
        label="Short name"
        hint="Small letters, digits and hyphens, as it stands in addresses"
        value={given.slug}
        fault={faults.slug}
        required
      />
      <Field
        name="email"
        label="Mail address"
        type="email"
        hint="They sign in with it. Who works here already becomes a therapist besides."
        value={given.email}
        fault={faults.email}
        required
      />
      <p class="actions">
        <button type="submit">Add the therapist</button>
      </p>
    </Post>
  </section>
)

const NewPlace = ({ frame, given, faults }: { frame: Frame; given: Typed; faults: Faults }) => (
  <section class="card" aria-labelledby="new-place">
    <h2 id="new-place">Add a place</h2>
    <FaultList faults={faults} />
    <Post frame={frame} action="/console/places" novalidate>
      <SentOnce />
      <Field name="place-name" label="Name" value={given['place-name']} fault={faults['place-name']} required />
      <Field name="place-slug" label="Short name" value={given['place-slug']} fault={faults['place-slug']} required />
      <Field name="address" label="Address, where people come" value={given.address} fault={faults.address} />
      <Field name="link" label="Link, where they meet by video" value={given.link} fault={faults.link} />
      <Tick name="room" checked={given.room === 'yes'}>
        It is a room: one session at a time
      </Tick>
      <p class="actions">
        <button type="submit">Add the place</button>
      </p>
    </Post>
  </section>
)
