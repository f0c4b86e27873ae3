import type { Frame } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import type { ClientPage } from './read-client.ts'

/** Whether a client may come more often than the session types allow in a week. */
export const Frequency = ({ frame, client: { id, oftener } }: { frame: Frame; client: ClientPage['client'] }) => (
  <section class="card section" aria-labelledby="frequency">
    <h2 id="frequency">How often in a week</h2>
    <p class="quiet">
      {oftener
        ? 'They may book more often than the session types allow a client in a week.'
        : 'As the session types allow. Where it is good for them, you can let them come more often.'}
    </p>
    <Post frame={frame} action={`/console/clients/${id}/frequency`} class="actions">
      <button class="plain" type="submit" name="oftener" value={oftener ? 'no' : 'yes'}>
        {oftener ? 'As usual again' : 'Let them come more often'}
      </button>
    </Post>
  </section>
)
