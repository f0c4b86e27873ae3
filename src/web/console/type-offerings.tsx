import { Tick } from '../components/fields.tsx'
import type { TypeCareProps } from './type-care.tsx'

/** With whom and where a session type can be had, and by whom it is seen. */
export const Offerings = ({ given, offered, therapists, places, mayChange }: TypeCareProps) => (
  <div class="card">
    <fieldset id="offerings" disabled={!mayChange}>
      <legend>With whom and where</legend>
      {therapists.flatMap(therapist =>
        places.map(place => {
          const value = `${therapist.slug} ${place.slug}`
          return (
            <Tick
              name="offered"
              id={`offered-${therapist.slug}-${place.slug}`}
              value={value}
              checked={offered.includes(value)}
            >
              <span safe>{`${therapist.name}, ${place.name}`}</span>
            </Tick>
          )
        })
      )}
      <Tick name="therapists" value="2" checked={given.therapists === '2'}>
        Two therapists sit in it together
      </Tick>
      <Tick name="public" checked={given.public === 'yes'}>
        Clients see it and can book it
      </Tick>
    </fieldset>
  </div>
)
