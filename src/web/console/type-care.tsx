import type { SessionType } from '../../catalog/session-type.ts'
import type { Place, Resource } from '../../catalog/store.ts'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Bound } from './therapist-care.tsx'
import { Offerings } from './type-offerings.tsx'
import { TypeSteps } from './type-steps.tsx'

/** The fields with numbers. */
export const typeCareFields = [
  'perDay',
  'perWeek',
  'perMonth',
  'minutesPerDay',
  'minutesPerWeek',
  'rest',
  'gapAtPlace',
  'perClientWeek'
] as const

export interface TypeCareProps {
  frame: Frame
  type: Pick<SessionType, 'slug' | 'name' | 'plan' | 'price'>
  given: Readonly<Record<string, string>>
  /** `therapist place`, as the boxes send it. */
  offered: readonly string[]
  /** Slugs of the types that come first. */
  first: readonly string[]
  others: readonly { slug: string; name: string }[]
  therapists: readonly Resource[]
  places: readonly Place[]
  etag: string
  mayChange: boolean
  saved: boolean
  faults: Faults
}

/** A session type's rules of care, and by whom and where it is offered. */
export const TypeCare = (props: TypeCareProps) => {
  const { frame, type, given, first, others, etag, mayChange, saved, faults } = props
  return (
    <Layout frame={frame} title="Session type" kind="staff" here="/console/session-types">
      <a class="back" href="/console/session-types">
        <ArrowLeft /> Session types
      </a>
      <h1 safe>{type.name}</h1>
      <p class="lede">
        What holds from now on. What is booked already keeps the rules it was booked by, and is never moved by them.
      </p>
      <p>
        <a href={`/console/session-types/${type.slug}/plan`}>Its plan, price and terms</a>
      </p>
      {saved && (
        <p class="note" role="status">
          Saved. The times that clients see have changed.
        </p>
      )}
      <FaultList faults={faults} />
      <TypeSteps plan={type.plan} price={type.price} />
      <Post frame={frame} action={`/console/session-types/${type.slug}`} class="stack narrow-start" novalidate>
        <input type="hidden" name="etag" value={etag} />
        <Offerings {...props} />
        <div class="card">
          <fieldset disabled={!mayChange}>
            <legend>At most, for each therapist</legend>
            <p class="quiet small">What is left empty has no bound.</p>
            <Bound name="perDay" label="A day" given={given} faults={faults} />
            <Bound name="perWeek" label="A week" given={given} faults={faults} />
            <Bound
              name="perMonth"
              label="A month"
              hint="Of a plan of several days the first counts"
              given={given}
              faults={faults}
            />
            <Bound name="minutesPerDay" label="Minutes a day" given={given} faults={faults} />
            <Bound name="minutesPerWeek" label="Minutes a week" given={given} faults={faults} />
            <Field
              name="family"
              label="Counted together with"
              hint="One word for all types that count as one, such as intensive. Empty: by itself."
              value={given.family}
              fault={faults.family}
            />
          </fieldset>
        </div>
        <div class="card">
          <fieldset disabled={!mayChange}>
            <legend>Strength</legend>
            <Tick name="demanding" checked={given.demanding === 'yes'}>
              It is demanding: each therapist has only so many of these in a row
            </Tick>
            <Bound name="rest" label="Minutes of rest after it, with nothing else" given={given} faults={faults} />
          </fieldset>
        </div>
        <div class="card">
          <fieldset disabled={!mayChange}>
            <legend>For clients who are signed in</legend>
            <Bound
              name="perClientWeek"
              label="For one client at most so many a week"
              hint="Their therapist can allow more, on the client’s page"
              given={given}
              faults={faults}
            />
            <Bound
              name="gapAtPlace"
              label="Minutes to anybody else’s at the same place"
              hint="For who belongs to a couple: the two need not meet in the waiting room"
              given={given}
              faults={faults}
            />
          </fieldset>
          <fieldset id="first" disabled={!mayChange}>
            <legend>One of these comes first</legend>
            <p class="quiet small">Asked of everybody: whoever is not signed in is told to begin with it.</p>
            {others.map(({ slug, name }) => (
              <Tick name="first" id={`first-${slug}`} value={slug} checked={first.includes(slug)}>
                <span safe>{name}</span>
              </Tick>
            ))}
          </fieldset>
        </div>
        {mayChange ? (
          <button type="submit">Save</button>
        ) : (
          <p class="quiet">Only the owner of the practice changes this.</p>
        )}
      </Post>
    </Layout>
  )
}
