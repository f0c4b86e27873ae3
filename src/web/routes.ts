import formbody from '@fastify/formbody'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { assetRoutes } from './assets.ts'
import { approvalPages } from './console/approval-routes.tsx'
import { availabilityPages } from './console/availability-routes.tsx'
import { beginningsPages } from './console/beginnings-routes.tsx'
import { staffBookingPages } from './console/booking-routes.tsx'
import { choicesPages } from './console/choices-routes.tsx'
import { clientsPages } from './console/clients-routes.tsx'
import { editionsPages } from './console/editions-routes.tsx'
import { feedsPages } from './console/feeds-routes.tsx'
import { inboxPages } from './console/inbox-routes.tsx'
import { newBookingPages } from './console/new-booking-routes.tsx'
import { outcomePages } from './console/outcome-routes.tsx'
import { outsideCalendarPages } from './console/outside-calendars-routes.tsx'
import { proposalsPages } from './console/proposals-routes.tsx'
import { resetPages } from './console/reset-routes.tsx'
import { staffResumePages } from './console/resume-routes.tsx'
import { consoleRoutes } from './console/routes.tsx'
import { secondStepPages } from './console/second-step-routes.tsx'
import { staffSeriesPages } from './console/series-routes.tsx'
import { signInPages } from './console/sign-in-routes.tsx'
import { staffSkipPages } from './console/skip-routes.tsx'
import { staffStepPages } from './console/step-routes.tsx'
import { tasksPages } from './console/tasks-routes.tsx'
import { therapistsPages } from './console/therapists-routes.tsx'
import { timeOffPages } from './console/time-off-routes.tsx'
import { travelPages } from './console/travel-routes.tsx'
import { travelsPages } from './console/travels-routes.tsx'
import { typePlanPages } from './console/type-plan-routes.tsx'
import { sessionTypesPages } from './console/types-routes.tsx'
import { verificationPages } from './console/verification-routes.ts'
import type { WebDeps } from './deps.ts'
import { hostsPlugin } from './hosts-plugin.ts'
import { acceptPages } from './partner/accept-routes.tsx'
import { acceptancePages } from './partner/acceptance-routes.tsx'
import { callPages } from './partner/call-routes.tsx'
import { generalPages } from './partner/general-routes.tsx'
import { leftAddressPages } from './partner/left-address-routes.tsx'
import { partnerPages } from './partner/partner-routes.tsx'
import { returnPages } from './partner/return-routes.tsx'
import { threadPages } from './partner/thread-routes.tsx'
import { addressPages } from './portal/address-routes.tsx'
import { homePages } from './portal/home-routes.tsx'
import { ownDataPages } from './portal/own-data-routes.tsx'
import { ownSignInPages } from './portal/own-sign-in-routes.tsx'
import { possibleTimesPages } from './portal/possible-times-routes.tsx'
import { preferencesPages } from './portal/preferences-routes.tsx'
import { ownStepPages } from './portal/second-step-routes.tsx'
import { signInPersonPages } from './portal/sign-in-routes.tsx'
import { togetherPages } from './portal/together-routes.tsx'
import { bookingPages } from './site/booking-routes.tsx'
import { callOffPages } from './site/call-off-routes.tsx'
import { cancellationPages } from './site/cancellation-routes.tsx'
import { chooseRoutes } from './site/choose-routes.tsx'
import { contactPages } from './site/contact-routes.tsx'
import { eachRoutes } from './site/each-routes.tsx'
import { feedPages } from './site/feed-routes.tsx'
import { movePages } from './site/move-routes.tsx'
import { openingPages } from './site/opening-routes.tsx'
import { proposalPages } from './site/proposal-routes.tsx'
import { resumePages } from './site/resume-routes.tsx'
import { siteRoutes } from './site/routes.tsx'
import { seriesPages } from './site/series-routes.tsx'
import { sharePages } from './site/share-routes.tsx'
import { skipPages } from './site/skip-routes.tsx'
import { stepPages } from './site/step-routes.tsx'
import { waitingPages } from './site/waiting-routes.tsx'

/** Every page, and what they are made of. */
export const webRoutes: FastifyPluginAsyncZod<{ deps: WebDeps; policyWith(formsTo: string): string }> = async (
  app,
  { deps, policyWith }
) => {
  // Within here alone: the API is the same at every host, and asked more often.
  await app.register(hostsPlugin, { settings: deps.settings, policyWith })
  await app.register(formbody)
  await app.register(assetRoutes)
  // Called, not registered: each context costs a start its time.
  await siteRoutes(app, { deps })
  await contactPages(app, { deps })
  await chooseRoutes(app, { deps })
  await waitingPages(app, { deps })
  await eachRoutes(app, { deps })
  await bookingPages(app, { deps })
  await cancellationPages(app, { deps })
  await movePages(app, { deps })
  await skipPages(app, { deps })
  await callOffPages(app, { deps })
  await seriesPages(app, { deps })
  await resumePages(app, { deps })
  await stepPages(app, { deps })
  await openingPages(app, { deps })
  await feedPages(app, { deps })
  await sharePages(app, { deps })
  await signInPersonPages(app, { deps })
  await homePages(app, { deps })
  await preferencesPages(app, { deps })
  await possibleTimesPages(app, { deps })
  await ownSignInPages(app, { deps })
  await ownDataPages(app, { deps })
  await addressPages(app, { deps })
  await generalPages(app, { deps })
  await callPages(app, { deps })
  await partnerPages(app, { deps })
  await acceptancePages(app, { deps })
  await acceptPages(app, { deps })
  await leftAddressPages(app, { deps })
  await returnPages(app, { deps })
  await ownStepPages(app, { deps })
  await signInPages(app, { deps })
  await secondStepPages(app, { deps })
  await resetPages(app, { deps })
  await togetherPages(app, { deps })
  await threadPages(app, { deps })
  await consoleRoutes(app, { deps })
  await inboxPages(app, { deps })
  await tasksPages(app, { deps })
  await staffBookingPages(app, { deps })
  await newBookingPages(app, { deps })
  await proposalsPages(app, { deps })
  await proposalPages(app, { deps })
  await staffSkipPages(app, { deps })
  await staffStepPages(app, { deps })
  await staffSeriesPages(app, { deps })
  await staffResumePages(app, { deps })
  await approvalPages(app, { deps })
  await outcomePages(app, { deps })
  await beginningsPages(app, { deps })
  await clientsPages(app, { deps })
  await choicesPages(app, { deps })
  await verificationPages(app, { deps })
  await availabilityPages(app, { deps })
  await therapistsPages(app, { deps })
  await sessionTypesPages(app, { deps })
  await typePlanPages(app, { deps })
  await timeOffPages(app, { deps })
  await travelsPages(app, { deps })
  await travelPages(app, { deps })
  await feedsPages(app, { deps })
  await outsideCalendarPages(app, { deps })
  await editionsPages(app, { deps })
}
