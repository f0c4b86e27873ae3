import type { Task } from '../../records/list-tasks.ts'
import { type Frame, Layout } from '../components/layout.tsx'
import { untilText } from '../components/words.ts'

const words = {
  approval: { name: 'A booking to accept or decline', address: (id: string) => `/console/bookings/${id}` },
  move: { name: 'A new time to answer', address: (id: string) => `/console/bookings/${id}` },
  conflict: {
    name: 'Booked at a time when you are away, or another calendar says busy',
    address: (id: string) => `/console/bookings/${id}`
  },
  'dates-conflict': {
    name: 'Dates on days when you are away or closed, or another calendar says busy',
    address: (id: string) => `/console/editions/${id}`
  },
  absence: { name: 'A series nobody comes to: end it, or go on?', address: (id: string) => `/console/bookings/${id}` },
  reply: { name: 'A word to reply to', address: (id: string) => `/console/inbox#i-${id}` },
  dates: { name: 'Dates: do they take place?', address: (id: string) => `/console/editions/${id}` },
  step: { name: 'A time that is still to be chosen', address: (id: string) => `/console/bookings/${id}` },
  proposal: { name: 'What you proposed: the answer is no, or none came', address: () => '/console/proposals' },
  caller: { name: 'A call from a partner’s page: have you spoken?', address: (id: string) => `/console/bookings/${id}` }
} as const

/** What waits for somebody, and by when; what it says is behind the link. */
export const Tasks = ({ frame, tasks, zone }: { frame: Frame; tasks: readonly Task[]; zone: string }) => (
  <Layout frame={frame} title="To do" kind="staff" here="/console/tasks">
    <h1>To do</h1>
    {tasks.length === 0 && <p class="quiet">Nothing waits for you.</p>}
    <ul class="tasks">
      {tasks.map(({ kind, id, dueAt, late, danger }) => (
        <li class={danger ? 'card note warn' : 'card'}>
          <a href={words[kind].address(id)}>{danger ? 'Perhaps not safe: read it first' : words[kind].name}</a>{' '}
          {!!dueAt && (
            <span class={late ? 'tag open' : 'tag'} safe>
              {`${kind === 'conflict' || kind === 'dates-conflict' ? 'on' : late ? 'promised by' : 'by'} ${untilText(dueAt, zone)}`}
            </span>
          )}
        </li>
      ))}
    </ul>
  </Layout>
)
