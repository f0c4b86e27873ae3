import type { BookingView } from '../../bookings/schema.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { rangeText, untilText } from '../components/words.ts'

type People = NonNullable<BookingView['people']>
type Yeses = NonNullable<BookingView['yeses']>

interface Props {
  frame: Frame
  booking: string
  appointment: string
  /** Whose it is, for those who may read clients. */
  client: string | undefined
  people: People
  /** Of these this reader may put down whether they came: it has begun, and is theirs. */
  attendable: readonly string[]
}

/** Each of the clients: how they came to it, and from the start on whether they came. */
export const PeopleOf = ({ frame, booking, appointment, client, people, attendable }: Props) => (
  <section class="card stack" aria-labelledby="people">
    <h2 id="people">{people.length > 1 ? 'The two of them' : 'Who comes'}</h2>
    {people.map(({ id, name, byLink, attendance }) => (
      <div class="entry">
        <div>
          <strong safe>{name || 'No name yet'}</strong> {byLink && <span class="tag open">by link, not verified</span>}{' '}
          {!!attendance && <span class="tag">{attendance === 'attended' ? 'was there' : 'was absent'}</span>}
        </div>
        {attendable.includes(id) && (
          <Post frame={frame} action={`/console/bookings/${booking}/attendance`} class="actions">
            <input type="hidden" name="appointment" value={appointment} />
            <input type="hidden" name="person" value={id} />
            <button class="plain" type="submit" name="attendance" value="attended">
              Was there
            </button>
            <button class="plain" type="submit" name="attendance" value="absent">
              Was absent
            </button>
          </Post>
        )}
      </div>
    ))}
    {!!client && (
      <p>
        <a href={`/console/clients/${client}`}>{people.length > 1 ? 'All of these clients' : 'All of this client'}</a>
      </p>
    )}
  </section>
)

/** The yeses that a request waits for. The client is never told which of them is missing. */
export const YesesOf = ({ yeses, zone }: { yeses: Yeses; zone: string }) => (
  <section class="card" aria-labelledby="yeses">
    <h2 id="yeses">What it waits for</h2>
    <dl class="facts">
      {yeses.map(({ by, answer, deadline }) => (
        <>
          <dt>{by === 'practice' ? 'Our answer' : 'The other of two'}</dt>
          <dd safe>{answer ? 'yes' : `until ${untilText(deadline, zone)}`}</dd>
        </>
      ))}
    </dl>
    <p class="quiet small">Whoever booked is never told which yes is missing.</p>
  </section>
)

/** When it would suit the other of two, who wanted another time than this. */
export const OtherTimes = ({ times, zone }: { times: NonNullable<BookingView['otherTimes']>; zone: string }) => (
  <section class="card" aria-labelledby="other-times">
    <h2 id="other-times">Times that would suit the other</h2>
    <ul>
      {times.map(({ start, end }) => (
        <li class="figures" safe>
          {rangeText(start, end, zone)}
        </li>
      ))}
    </ul>
    <p class="quiet small">For us alone: whoever booked is not told that another time was wanted.</p>
  </section>
)

/** A late fee of two, until somebody decides: without a word it goes back. */
export const FeeToDecide = ({
  frame,
  booking,
  fee: { sum, until }
}: {
  frame: Frame
  booking: string
  fee: { sum: string; until: string }
}) => (
  <section class="card stack" aria-labelledby="fee">
    <h2 id="fee" safe>{`Is ${sum} kept?`}</h2>
    <p safe>
      {`It was cancelled late. Of an appointment for two nothing is kept by itself: without your word by ${until} it goes back. Only who paid is told.`}
    </p>
    <Post frame={frame} action={`/console/bookings/${booking}/fee-decision`} class="actions">
      <button type="submit" name="keep" value="no">
        Give it back
      </button>
      <button class="plain" type="submit" name="keep" value="yes">
        Keep it
      </button>
    </Post>
  </section>
)
