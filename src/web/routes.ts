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
  await app.register(siteRoutes, { deps })
  await app.register(contactPages, { deps })
  await app.register(chooseRoutes, { deps })
  await app.register(waitingPages, { deps })
  await app.register(eachRoutes, { deps })
  await app.register(bookingPages, { deps })
  await app.register(cancellationPages, { deps })
  await app.register(movePages, { deps })
  await app.register(skipPages, { deps })
  await app.register(callOffPages, { deps })
  await app.register(seriesPages, { deps })
  await app.register(resumePages, { deps })
  await app.register(stepPages, { deps })
  await app.register(openingPages, { deps })
  await app.register(feedPages, { deps })
  await app.register(sharePages, { deps })
  await app.register(signInPersonPages, { deps })
  await app.register(homePages, { deps })
  await app.register(preferencesPages, { deps })
  await app.register(possibleTimesPages, { deps })
  await app.register(ownSignInPages, { deps })
  await app.register(ownDataPages, { deps })
  await app.register(addressPages, { deps })
  await app.register(generalPages, { deps })
  await app.register(callPages, { deps })
  await app.register(partnerPages, { deps })
  await app.register(acceptancePages, { deps })
  await app.register(acceptPages, { deps })
  await app.register(leftAddressPages, { deps })
  await app.register(returnPages, { deps })
  await app.register(ownStepPages, { deps })
  await app.register(signInPages, { deps })
  await app.register(secondStepPages, { deps })
  await app.register(resetPages, { deps })
  await app.register(togetherPages, { deps })
  await app.register(threadPages, { deps })
  await app.register(consoleRoutes, { deps })
  await app.register(inboxPages, { deps })
  await app.register(tasksPages, { deps })
  await app.register(staffBookingPages, { deps })
  await app.register(newBookingPages, { deps })
  await app.register(proposalsPages, { deps })
  await app.register(proposalPages, { deps })
  await app.register(staffSkipPages, { deps })
  await app.register(staffStepPages, { deps })
  await app.register(staffSeriesPages, { deps })
  await app.register(staffResumePages, { deps })
  await app.register(approvalPages, { deps })
  await app.register(outcomePages, { deps })
  await app.register(beginningsPages, { deps })
  await app.register(clientsPages, { deps })
  await app.register(choicesPages, { deps })
  await app.register(verificationPages, { deps })
  await app.register(availabilityPages, { deps })
  await app.register(therapistsPages, { deps })
  await app.register(sessionTypesPages, { deps })
  await app.register(typePlanPages, { deps })
  await app.register(timeOffPages, { deps })
  await app.register(travelsPages, { deps })
  await app.register(travelPages, { deps })
  await app.register(feedsPages, { deps })
  await app.register(outsideCalendarPages, { deps })
  await app.register(editionsPages, { deps })
}
