import type { Children } from '@kitajs/html'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'

const places = [
  ['/me', 'Appointments'],
  ['/me/start', 'Together'],
  ['/me/share', 'A page to share'],
  ['/me/preferences', 'Mails'],
  ['/me/feeds', 'Calendar'],
  ['/me/sign-in', 'Sign-in']
] as const

interface Props {
  frame: Frame
  here: (typeof places)[number][0] | '/me/data' | '/me/possible-times'
  children: Children
}

/** Around every page of a person's own. Its title and its address say nothing of what they are for. */
export const Portal = ({ frame, here, children }: Props) => (
  <Layout frame={frame} title="Appointment" kind="quiet">
    <div class="narrow stack">
      <nav class="own-places" aria-label="Your pages">
        <ul>
          {places.map(([address, name]) => (
            <li>
              <a href={address} aria-current={address === here ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {children}
      {here !== '/me/data' && (
        <p class="small">
          <a href="/me/data">What we hold about you</a>
        </p>
      )}
      <Post frame={frame} action="/me/sign-out">
        <button class="link small" type="submit">
          Sign out
        </button>
      </Post>
    </div>
  </Layout>
)

/** Why something was not done. */
export const Fault = ({ fault }: { fault: string | undefined }) =>
  fault ? (
    <p class="note warn" role="alert" safe>
      {fault}
    </p>
  ) : (
    ''
  )
