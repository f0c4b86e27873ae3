import type { There } from '../../bookings/where-there.ts'
import { type Frame, Layout } from '../components/layout.tsx'

interface Props {
  frame: Frame
  signedIn: boolean
  /** What who is signed in has already, beside which this wish fell. */
  there: There['has'] | undefined
}

/** Of who is signed in it is noted; of an address that was only typed, the same for everybody, it is told what is to be done. */
export const WaitNoted = ({ frame, signedIn, there }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">{signedIn ? <Own there={there} /> : <Asked />}</div>
  </Layout>
)

const noted = { heading: 'Noted', lede: 'If a place comes free, it is kept for you, and we write to you.' }

const already: Readonly<Record<There['has'], typeof noted>> = {
  seat: {
    heading: 'Your place is there already',
    lede: 'You need not wait for these dates: nothing more is to be done.'
  },
  'own-place': { heading: 'You wait for these dates already', lede: noted.lede },
  'place-of-two': {
    heading: 'The two of you wait already',
    lede: 'If a place comes free, it is kept for you two, and we write to the other of you, who asked for it first.'
  }
}

const Own = ({ there }: Pick<Props, 'there'>) => {
  const { heading, lede } = there ? already[there] : noted
  return (
    <>
      <section role="status">
        <h1 safe>{heading}</h1>
        <p class="lede" safe>
          {lede}
        </p>
      </section>
      <p>
        <a href="/me">Your appointments</a>
      </p>
    </>
  )
}

const Asked = () => (
  <>
    <section role="status">
      <h1>One step more</h1>
      <p class="lede">
        We have written to you. Press the button behind the link of that mail, so that we know the address is yours.
      </p>
      <p>
        Your turn counts from now, once you have done so within three days. If a place comes free, it is kept for you,
        and we write again.
      </p>
    </section>
    <p>
      <a href="/contact">Ask us</a>
    </p>
  </>
)
