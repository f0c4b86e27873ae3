import type { DateTime } from 'luxon'
import type { TravelView } from '../../availability/travel-schema.ts'
import type { CollisionFacts } from '../../bookings/collisions.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { Collisions } from './collisions.tsx'
import { travelText } from './travels.tsx'

interface Props {
  frame: Frame
  therapist: { slug: string; name: string; zone: string }
  travel: TravelView
  collisions: readonly CollisionFacts[]
  dates: readonly { id: string; start: DateTime; end: DateTime }[]
}

/** One travel, and what is booked on its days that would not be offered there. */
export const Travel = ({ frame, therapist, travel, collisions, dates }: Props) => {
  const all = `/console/travels?therapist=${therapist.slug}`
  return (
    <Layout frame={frame} title="Away" kind="staff" here="/console/time-off">
      <h1>Away, and working</h1>
      <p class="lede" safe>
        {travelText(travel, therapist.zone)}
      </p>
      {collisions.length + dates.length === 0 ? (
        <p>Whatever is booked on these days can take place.</p>
      ) : (
        <Collisions
          frame={frame}
          therapist={therapist}
          collisions={collisions}
          dates={dates}
          action={`/console/travels/${travel.id}/changes`}
          hidden={{}}
          title="Booked, and not possible there"
          does={collisions.length > 0 ? 'Do this' : 'Leave it for now'}
          leave={all}
        />
      )}
      <p class="section">
        <a href={all}>Days in another time zone</a>
      </p>
    </Layout>
  )
}
