import { freshMinutes } from '../../identity/fresh-sign-in.ts'
import { notHere } from '../../records/export-own.ts'
import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Portal } from './portal.tsx'

/** What is held about a person, in words, and the file with all of it. */
export const OwnData = ({ frame, fresh }: { frame: Frame; fresh: boolean }) => (
  <Portal frame={frame} here="/me/data">
    <section>
      <h1>What we hold about you</h1>
      <p>
        One file with your name and addresses, how we write to you, where you are signed in, your appointments and what
        you paid for them, what you belong to and agreed to, and the pages to share that you made.
      </p>
      <h2>What is not in it</h2>
      <ul>
        {notHere.map(text => (
          <li safe>{text}</li>
        ))}
      </ul>
      {fresh ? (
        <>
          <p>
            It is made when you ask, and we keep no copy. Where you keep yours, others may look: choose the place well.
          </p>
          <Post frame={frame} action="/me/data">
            <p class="actions">
              <button type="submit">Get the file</button>
            </p>
          </Post>
        </>
      ) : (
        <>
          <p class="note">
            You signed in more than {freshMinutes} minutes ago. So that nobody takes all of it along who only finds this
            device open, sign in again first, then come back to this page.
          </p>
          <Post frame={frame} action="/me/sign-out">
            <p class="actions">
              <button type="submit">Sign in again</button>
            </p>
          </Post>
        </>
      )}
    </section>
  </Portal>
)
