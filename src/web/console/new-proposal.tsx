import { FaultList, Field, Tick } from '../components/fields.tsx'
import { Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { SentOnce } from '../components/sent-once.tsx'
import { CallerFields, type CallerGiven, TypeTabs } from './caller-fields.tsx'
import { FreeStarts } from './free-starts.tsx'
import type { NewBookingProps } from './new-booking.tsx'
import { Spoken } from './spoken.tsx'

/** What is said of the proposal itself. */
type Own = 'price' | 'minutes' | 'times' | 'weeks' | 'until' | 'hold' | 'spokenWithEach'

export interface NewProposalProps extends Omit<NewBookingProps, 'given'> {
  given: CallerGiven & { slots: readonly string[] } & Partial<Record<Own, string | undefined>>
  currency: string
  /** Its length can be another one. */
  oneSession: boolean
}

/** A private proposal: one page, from the times to the deadline. */
export const NewProposal = (props: NewProposalProps) => {
  const { frame, types, type, given, faults, notes, client } = props
  const field = (name: Own) => ({ name, value: given[name], fault: faults[name] })
  const whose = client ? `&client=${client}` : ''
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
        <input type="hidden" name="type" value={type.slug} />
        <input type="hidden" name="from" value={props.from.toFormat('yyyy-LL-dd')} />
        <CallerFields legend="For whom" callers={props.callers} given={given} faults={faults} />
        <p class="quiet small">
          Of a couple we know, choose one on the client’s page first: the times that suit both are marked then.
        </p>
        <FreeStarts
          slots={props.slots}
          from={props.from}
          days={props.days}
          address={`/console/proposals/new?type=${type.slug}${whose}`}
          chosen={given.slots}
          several
          fault={faults.slot}
          notes={notes}
        />
        <Field
          {...field('price')}
          label={`Price in ${props.currency}`}
          hint={`Usually ${type.price}. 0 for nothing.`}
          inputmode="numeric"
        />
        {props.oneSession && (
          <details open={!!(given.minutes || given.times || given.weeks)}>
            <summary>Another length, or several times</summary>
            <Field {...field('minutes')} label="Minutes, if other than usual" inputmode="numeric" />
            <Field
              {...field('times')}
              label="So many times"
              hint="Each of the times above is then the first of them. The price is for all of it."
              inputmode="numeric"
            />
            <Field {...field('weeks')} label="So many weeks apart" inputmode="numeric" />
          </details>
        )}
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
