import { zoneText } from '../../notices/wording.ts'
import { FaultList, type Faults, Field } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

/** The fields of a therapist's bounds. */
export const careFields = ['perDay', 'perWeek', 'minutesPerDay', 'minutesPerWeek', 'most', 'pause'] as const

interface Props {
  frame: Frame
  therapist: { slug: string; zone: string }
  given: Readonly<Record<string, string>>
  mayChange: boolean
  saved: boolean
  faults: Faults
}

/** One therapist: their name, and how much they take on. */
export const TherapistPage = ({ frame, therapist, given, mayChange, saved, faults }: Props) => (
  <Layout frame={frame} title="Therapist" kind="staff" here="/console/therapists">
    <a class="back" href="/console/therapists">
      <ArrowLeft /> Therapists and places
    </a>
    <h1 safe>{given.name ?? ''}</h1>
    <p
      class="lede"
      safe
    >{`What is full is not offered to anybody. Days and weeks are those of ${zoneText(therapist.zone)}; what is booked already stays.`}</p>
    {saved && (
      <p class="note" role="status">
        Saved. The times that clients see have changed.
      </p>
    )}
    <FaultList faults={faults} />
    <Post frame={frame} action={`/console/therapists/${therapist.slug}`} class="stack narrow-start" novalidate>
      <div class="card">
        <fieldset disabled={!mayChange}>
          <legend>Name</legend>
          <Field name="name" label="As clients read it" value={given.name} fault={faults.name} required />
        </fieldset>
      </div>
      <div class="card">
        <fieldset disabled={!mayChange}>
          <legend>At most, whatever the session type</legend>
          <p class="quiet small">What is left empty has no bound.</p>
          <Bound name="perDay" label="Sessions a day" given={given} faults={faults} />
          <Bound name="perWeek" label="Sessions a week" given={given} faults={faults} />
          <Bound name="minutesPerDay" label="Minutes a day" given={given} faults={faults} />
          <Bound name="minutesPerWeek" label="Minutes a week" given={given} faults={faults} />
        </fieldset>
      </div>
      <div class="card">
        <fieldset disabled={!mayChange}>
          <legend>Demanding sessions, one after the other</legend>
          <p class="quiet small">Which types are demanding is set with the type.</p>
          <Bound name="most" label="At most so many in a row" given={given} faults={faults} />
          <Bound name="pause" label="A pause of so many minutes parts them" given={given} faults={faults} />
        </fieldset>
      </div>
      {mayChange ? (
        <button type="submit">Save</button>
      ) : (
        <p class="quiet">They and the owner of the practice change this.</p>
      )}
    </Post>
  </Layout>
)

export const Bound = ({
  name,
  label,
  given,
  faults,
  hint
}: {
  name: string
  label: string
  given: Readonly<Record<string, string>>
  faults: Faults
  hint?: string
}) => (
  <Field
    name={name}
    label={label}
    inputmode="numeric"
    maxlength={6}
    class="short"
    value={given[name]}
    fault={faults[name]}
    {...(hint && { hint })}
  />
)
