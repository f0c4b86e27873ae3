import { signInNeeded } from '../identity/actor.ts'
import { stepNeeded } from '../identity/second-step.ts'
import { findVisit } from '../identity/visit.ts'
import type { Settings } from '../kernel/deps.ts'
import type { Problem } from '../kernel/problem.ts'
import type { RenderProblem } from '../kernel/problem-plugin.ts'
import { type Frame, Layout } from './components/layout.tsx'
import { sentence } from './components/words.ts'
import { StepMissing } from './console/second-step-ask.tsx'
import { SignIn } from './console/sign-in.tsx'
import { faultsIn } from './faults-in.ts'
import { frameOf } from './page.ts'
import { StepWanted } from './portal/second-step-give.tsx'
import { SignInFirst } from './portal/sign-in.tsx'

/** Where no practice is known, as on a wrong host. */
const nobody = {
  practice: 'Appointments',
  office: 'Appointments',
  emergency: '',
  replyWithin: '',
  sandbox: false,
  may: () => false,
  formToken: ''
}

/** Any refusal as a page. The console's visitors who are not signed in are asked to sign in. */
export function renderProblem(settings: Settings): RenderProblem {
  return (request, problem) => {
    const frame = findVisit(request) ? frameOf(request, settings) : { ...nobody, sandbox: settings.sandbox }
    if (problem.code === signInNeeded().code && request.url.startsWith('/console'))
      return SignIn({ frame, email: '', fault: undefined })
    if (isOwn(request.url) && problem.code === signInNeeded().code) return SignInFirst({ frame })
    if (problem.code === stepNeeded().code)
      return request.url.startsWith('/console') ? StepMissing({ frame }) : StepWanted({ frame })
    const isStaff = request.url.startsWith('/console') && findVisit(request)?.actor.kind === 'staff'
    return ProblemPage({ frame, isStaff, requestId: request.id, ...wordsOf(problem) })
  }
}

/** A person's own pages: whoever is not signed in is asked for their address there. */
const isOwn = (url: string) => /^\/(me|sign-in)(?=[/?]|$)/.test(url)

interface Words {
  status: number
  title: string
  detail: string
}

/** The sentences for people where those for programs would not help. */
function wordsOf(problem: Problem): Words {
  const { code, status, title, message } = problem
  if (code === 'not-found') return { status, title, detail: 'The address may be old, or a letter of it is missing.' }
  if (code === 'wrong-method')
    return {
      status,
      title: 'There is nothing to open here',
      detail: 'It is a step on the way: go back, and send it from there.'
    }
  if (code === 'sign-in-needed')
    return {
      status,
      title: 'This page is not open here',
      detail: 'It opens in the browser where you booked, or by the link in your mail.'
    }
  if (code === 'idempotency-mismatch')
    return {
      status,
      title: 'This form was sent already',
      detail: 'It was sent with other details, and what it asked for was done. To ask for something else, begin again.'
    }
  if (code === 'still-running')
    return { status, title: 'This is being done already', detail: 'Wait a moment, then load this page again.' }
  const faults = faultsIn(problem).map(({ detail }) => sentence(detail))
  return { status, title, detail: details[code] ?? (faults.join(' ') || sentence(message)) }
}

/** Where the detail names what programs ask for next. */
const details: Readonly<Record<string, string>> = {
  'no-such-session-type': 'It is not offered here any more. What is offered stands on the first page.',
  'no-such-edition': 'These dates are not offered any more. Others stand where you chose these.',
  'edition-full': 'Go back to the dates: there you can wait for a place, and nothing is charged for it.'
}

/** What happened, in the look of every other page, and the next best thing. */
export const ProblemPage = ({
  frame,
  status,
  title,
  detail,
  isStaff = false,
  requestId
}: Words & { frame: Frame; isStaff?: boolean; requestId: string }) => (
  <Layout frame={frame} title={title} kind={isStaff ? 'staff' : 'quiet'} here="/console">
    <div class="narrow">
      <h1 safe>{title}</h1>
      <p class="lede" safe>
        {detail}
      </p>
      <p class="actions">
        {isStaff ? (
          <a class="button" href="/console">
            To the agenda
          </a>
        ) : (
          <>
            <a class="button" href="/">
              To the beginning
            </a>
            <a class="button plain" href="/contact">
              Ask us
            </a>
          </>
        )}
      </p>
      {status >= 500 && (
        <p class="quiet small" safe>
          {`If you write to us about it, name this: ${requestId}`}
        </p>
      )}
    </div>
  </Layout>
)
