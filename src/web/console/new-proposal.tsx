import { FaultList, Field, Tick } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { CallerFields, type CallerGiven, TypeTabs } from './caller-fields.tsx'
import { Exceptions } from './exceptions.tsx'
import { FreeStarts } from './free-starts.tsx'
import type { NewBookingProps } from './new-booking.tsx'
import { OwnPlan } from './own-plan.tsx'
import { isPlanFault, type ownPlans, type TypedPlan } from './own-plan-form.ts'
import { Spoken } from './spoken.tsx'

/** What is said of the proposal itself. */
type Own = 'at' | 'reason' | 'price' | 'until' | 'hold' | 'spokenWithEach'

export interface NewProposalProps extends Omit<NewBookingProps, 'given'> {
  given: CallerGiven &
    TypedPlan & { slots: readonly string[]; override?: readonly string[] | undefined } & Partial<
      Record<Own, string | undefined>
    >
  currency: string
  /** Which plans of its own it can be given here. */
  may: ReturnType<typeof ownPlans>
}

/** A private proposal: one page, from the times to the deadline. */
export const NewProposal = (props: NewProposalProps) => {
  const { frame, types, type, given, faults, notes, client } = props
  const field = (name: Own) => ({ name, value: given[name], fault: faults[name] })
  return (
    <Layout frame={frame} title="New proposal" kind="staff" here="/console">
      <h1>New proposal</h1>
      <p class="lede">
        For one person. They get a mail with a page of their own, and choose one of the times, or none.
      </p>
      <TypeTabs types={types} type={type.slug} address="/console/proposals/new" client={client} />
      <FaultList faults={faults} />
      <Post frame={frame} action="/console/proposals/new" class="stack" novalidate>
        <SentOnce />
        {/* A form is sent by Return as by its first button: this one proposes nothing. */}
        <button class="unseen" type="submit" name="look" value="look" tabindex={-1}>
          Show when all of it is free
        </button>
        <input type="hidden" name="type" value={type.slug} />
        <input type="hidden" name="from" value={props.from.toFormat('yyyy-LL-dd')} />
        <CallerFields legend="For whom" callers={props.callers} given={given} faults={faults} />
        <p class="quiet small">
          Of a couple we know, choose one on the client’s page first: the times that suit both are marked then.
        </p>
        <OwnPlan may={props.may} given={given} faults={faults} />
        <FreeStarts
          slots={props.slots}
          from={props.from}
          days={props.days}
          form="/console/proposals/new"
          chosen={given.slots}
          several
          fault={faults.slot ?? (isPlanFault(faults) ? unread : undefined)}
          notes={notes}
        />
        <Exceptions given={given} faults={faults} />
        <Field
          {...field('price')}
          label={`Price in ${props.currency}`}
          hint={`Usually ${type.price}. 0 for nothing.`}
          inputmode="numeric"
        />
        <Field {...field('until')} label="Open until" type="datetime-local" required />
        <Tick name="hold" checked={given.hold === 'yes'}>
          Keep these times for them until then
        </Tick>
        {type.afterCalls && <Spoken given={given} faults={faults} may={frame.may('approve bookings')} />}
        <p class="quiet small" safe>{`Its terms are the usual ones: ${type.terms}`}</p>
        <p class="actions">
          <button type="submit">Propose it</button>
        </p>
      </Post>
    </Layout>
  )
}

const unread = 'These are the usual times: what is marked above is not right yet'
