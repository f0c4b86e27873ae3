import type { Frame } from './layout.tsx'
import { Post } from './post.tsx'

const places = [
  ['/console', 'Agenda', 'read bookings'],
  ['/console/tasks', 'To do', 'read tasks'],
  ['/console/inbox', 'Inbox', 'read the inbox'],
  ['/console/clients', 'Clients', 'read clients'],
  ['/console/beginnings', 'Beginnings', 'begin together'],
  ['/console/editions', 'Dates', 'read editions'],
  ['/console/opening-hours', 'Opening hours', 'read opening hours'],
  ['/console/time-off', 'Time off', 'read time off'],
  ['/console/feeds', 'Calendars', 'keep a therapist’s calendars'],
  ['/console/choices', 'Choices', 'read the practice’s choices'],
  ['/console/second-step', 'Sign-in', 'keep one’s own second steps']
] as const

/** Where staff go: what their roles may. */
export const ConsoleNavigation = ({ frame, here }: { frame: Frame; here: string }) => (
  <>
    <nav aria-label="Console">
      <ul>
        {places
          .filter(([, , action]) => frame.may(action))
          .map(([address, name]) => (
            <li>
              <a href={address} aria-current={address === here ? 'page' : undefined}>
                {name}
              </a>
            </li>
          ))}
      </ul>
    </nav>
    <Post frame={frame} action="/console/sign-out">
      <button class="link small" type="submit">
        Sign out
      </button>
    </Post>
  </>
)
