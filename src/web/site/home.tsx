import type { SessionType } from '../../catalog/session-type.ts'
import { ArrowRight } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { TypeList } from '../components/types.tsx'
import { grouped } from './groups.ts'

interface Props {
  frame: Frame
  description: string
  types: readonly SessionType[]
}

const ways = [
  {
    address: '/together',
    name: 'We are both ready',
    words: 'Choose a time for the two of you. It is confirmed when each of you has said yes.'
  },
  {
    address: '/alone',
    name: 'I would like to begin on my own',
    words: 'Fifty minutes just for you, to get clear about what you want and how to say it. Nobody else is told.'
  },
  {
    address: '/not-sure',
    name: 'My partner is not sure yet',
    words: 'That is where many people start. Here are some ways to begin that ask nothing of your partner.'
  }
] as const

/** The practice, the guided start, and everything that can be booked. */
export const Home = ({ frame, description, types }: Props) => (
  <Layout frame={frame} title="Appointments" kind="open">
    <h1 safe>{frame.practice}</h1>
    <p class="lede" safe>
      {description}
    </p>
    <section class="section" aria-labelledby="begin">
      <h2 id="begin">Where would you like to begin?</h2>
      <ul class="ways">
        {ways.map(({ address, name, words }) => (
          <li>
            <a href={address}>
              <h3>{name}</h3>
              <p>{words}</p>
              <ArrowRight />
            </a>
          </li>
        ))}
      </ul>
    </section>
    <section class="section" aria-labelledby="all">
      <h2 id="all">Everything you can book</h2>
      {grouped(types).map(({ group, types }) => (
        <div class="group">
          <h3>{group}</h3>
          <TypeList types={types} level="h4" />
        </div>
      ))}
    </section>
  </Layout>
)
