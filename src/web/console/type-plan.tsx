import type { DateTime } from 'luxon'
import type { Plan } from '../../catalog/plan.ts'
import type { SessionType } from '../../catalog/session-type.ts'
import { FaultList, type Faults, Field, Tick } from '../components/fields.tsx'
import { ArrowLeft } from '../components/icons.tsx'
import { type Frame, Layout } from '../components/layout.tsx'
import { Post } from '../components/post.tsx'
import { Bound } from './therapist-care.tsx'
import type { TypeDraft } from './type-plan-draft.ts'
import { PayFields } from './type-plan-pay.tsx'
import { PlanPreview } from './type-plan-preview.tsx'
import { SegmentRow } from './type-plan-rows.tsx'

export interface TypePlanProps extends TypeDraft {
  frame: Frame
  type: SessionType
  /** The plan as it was typed, where it is whole. */
  plan: Plan
  zone: string
  now: DateTime
  etag: string
  mayChange: boolean
  saved: boolean
  faults: Faults
}

/** What a session is: how it lies on the calendar, what it costs, and what is kept when it is cancelled. */
export const TypePlan = (props: TypePlanProps) => {
  const { frame, type, given, segments, plan, zone, now, etag, mayChange, saved, faults } = props
  const bound = (name: string, label: string, hint?: string) => (
    <Bound name={name} label={label} given={given} faults={faults} {...(hint && { hint })} />
  )
  return (
    <Layout frame={frame} title="Session type" kind="staff" here="/console/session-types">
      <a class="back" href={`/console/session-types/${type.slug}`}>
        <ArrowLeft /> Rules of care
      </a>
      <h1 safe>{type.name}</h1>
      <p class="lede">What is booked from now on. What is booked already keeps its plan, its price and its terms.</p>
      {saved && (
        <p class="note" role="status">
          Saved. Whoever books from now on books this.
        </p>
      )}
      <FaultList faults={faults} />
      <Post frame={frame} action={`/console/session-types/${type.slug}/plan`} class="stack" novalidate>
        <input type="hidden" name="etag" value={etag} />
        {/* A form is sent by Return as by its first button: this one changes nothing. */}
        <button class="unseen" type="submit" name="do" value="look" tabindex={-1}>
          See it on the calendar
        </button>
        <div class="card">
          <fieldset disabled={!mayChange}>
            <legend>What clients read</legend>
            <Field name="name" label="Name" value={given.name} fault={faults.name} maxlength={120} />
            <div class="field">
              <label for="description">Description</label>
              <textarea id="description" name="description" rows="3" maxlength="1000" safe>
                {given.description ?? ''}
              </textarea>
            </div>
          </fieldset>
        </div>
        <div class="card">
          <fieldset disabled={!mayChange}>
            <legend>How it lies on the calendar</legend>
            <p class="quiet small">{anchorText[plan.anchor]}</p>
            {segments.map((segment, index) => (
              <SegmentRow segment={segment} index={index} blocks={plan.anchor !== 'start'} faults={faults} />
            ))}
            <p class="actions">
              <button class="plain" type="submit" name="do" value="add seg">
                Add a part
              </button>
              <button class="plain" type="submit" name="do" value="look">
                See it on the calendar
              </button>
            </p>
            {!!type.plan.repeat && (
              <div class="rule">
                <Field name="every" label="Every so many weeks" value={given.every} fault={faults.every} hint="1, 2" />
                {bound('times', 'Usually so often')}
                {bound('least', 'At least')}
                {bound('most', 'At most')}
                <Tick name="open" checked={given.open === 'yes'}>
                  Or until it is ended
                </Tick>
              </div>
            )}
            {bound('within', 'All within so many days', 'Of the first. Empty: no bound.')}
            <Tick name="dayExclusive" checked={given.dayExclusive === 'yes'}>
              Its days hold nothing else
            </Tick>
          </fieldset>
        </div>
        <PlanPreview plan={plan} zone={zone} now={now} />
        <div class="card">
          <fieldset disabled={!mayChange}>
            <legend>When it can be booked</legend>
            <div class="rule">
              {bound('notice', 'At least so many hours ahead')}
              {bound('horizon', 'At most so many days ahead')}
              {bound('before', 'Minutes kept free before')}
              {bound('after', 'Minutes kept free after')}
              {bound('grid', 'Starts every so many minutes')}
            </div>
            <Tick name="approval" checked={given.approval === 'yes'}>
              The practice says yes to each
            </Tick>
            <Tick name="callEach" checked={given.callEach === 'yes'}>
              After a call with each of the two
            </Tick>
            <div class="rule">{bound('answerDays', 'Working days until an unanswered request lapses')}</div>
          </fieldset>
        </div>
        <PayFields {...props} />
        {mayChange ? (
          <button type="submit" name="do" value="save">
            Save
          </button>
        ) : (
          <p class="quiet">Only the owner of the practice changes this.</p>
        )}
      </Post>
    </Layout>
  )
}

const anchorText = {
  start: 'Clients choose when it begins. A later part is on its own day, or a step: so many days after the one before.',
  day: 'Clients choose the first day. Each part has its own hour.',
  edition: 'It takes place on dates that you set. Each part has its own hour.'
} as const
