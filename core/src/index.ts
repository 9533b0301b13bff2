// The public surface, grouped by chapter. Each rule is one file; add yours under its chapter.

// kernel
export * from './kernel/businessDay.ts';
export * from './kernel/cadence.ts';
export * from './kernel/civil.ts';
export * from './kernel/currency.ts';
export * from './kernel/decimal.ts';
export * from './kernel/decision.ts';
export * from './kernel/id.ts';
export * from './kernel/inTurns.ts';
export type * from './kernel/json.ts';
export * from './kernel/money.ts';
export * as parse from './kernel/parse.ts';
export * from './kernel/port.ts';
export * from './kernel/reply.ts';
export * from './kernel/retry.ts';
export * from './kernel/schema.ts';
export * from './kernel/vendorError.ts';
export * from './kernel/zone.ts';

// fulfilment
export * from './fulfilment/activationGate.ts';
export * from './fulfilment/activationPolicy.ts';
export * from './fulfilment/afterStepFailure.ts';
export * from './fulfilment/planFulfilment.ts';
export * as saga from './fulfilment/saga.ts';
export * from './fulfilment/sagaState.ts';
export * from './fulfilment/step.ts';

// billing
export type * from './billing/billedSubscription.ts';
export * from './billing/catchUp.ts';
export * from './billing/changeItems.ts';
export * from './billing/nextBill.ts';
export * from './billing/proposeLines.ts';
export * from './billing/reconcileLines.ts';
export type * from './billing/customerBill.ts';
export * from './billing/prorate.ts';

// catalog
export type * from './catalog/catalog.ts';
export * from './catalog/checkCatalog.ts';
export { findOffering, mrcOn } from './catalog/mrcOn.ts';
export * from './catalog/schema.ts';

// pricing
export * from './pricing/applyDiscounts.ts';
export * from './pricing/earlyTermination.ts';
export * from './pricing/occasionFees.ts';
export * from './pricing/priceCheckout.ts';
export * from './pricing/priceTerms.ts';
export type * from './pricing/quote.ts';
export * from './pricing/selectOfferings.ts';
export * from './pricing/subscribe.ts';
export * from './pricing/tax.ts';
export * from './pricing/terminationPolicy.ts';
export { termPrice } from './pricing/termPrice.ts';

// usage
export * from './usage/checkUsage.ts';
export { meterSchema, type Meter, type UsagePrice } from './usage/meter.ts';
export * from './usage/rateUsage.ts';

// ledger
export * from './ledger/invoiceNumber.ts';
export * as ledger from './ledger/ledger.ts';
export * from './ledger/ledgerState.ts';
export type * from './ledger/outstanding.ts';
export type * from './ledger/statement.ts';

// qualification
export type * from './qualification/drop.ts';
export * from './qualification/expansionZone.ts';
export * from './qualification/foldText.ts';
export * from './qualification/maxSpeed.ts';
export * from './qualification/qualifyService.ts';
export * from './qualification/speedPolicy.ts';

// ordering
export * from './ordering/checkEmail.ts';
export * from './ordering/checkPhone.ts';
export * from './ordering/creditNote.ts';
export * from './ordering/decomposeOrder.ts';
export * from './ordering/documentPlan.ts';
export * from './ordering/erpSettings.ts';
export * from './ordering/fillLinks.ts';
export * from './ordering/findCardData.ts';
export * from './ordering/firstInvoice.ts';
export * from './ordering/firstInvoiceInput.ts';
export * from './ordering/linesOfQuote.ts';
export * from './ordering/listOfferings.ts';
export type * from './ordering/productOrder.ts';
export * from './ordering/readCheckout.ts';
export * from './ordering/salesInvoice.ts';

// reconcile
export * from './reconcile/catalogItems.ts';
export * from './reconcile/legacyAccount.ts';
export * from './reconcile/legacyChain.ts';
export * from './reconcile/legacyMap.ts';
export * from './reconcile/legacyService.ts';
export * from './reconcile/legacyTable.ts';
export * from './reconcile/planCatalogImport.ts';

// field
export * from './field/checkCompletion.ts';
export * from './field/installationPolicy.ts';
export * from './field/matchTechnician.ts';
export * from './field/preferredDates.ts';
export * from './field/quebecHolidays.ts';
export * from './field/readScan.ts';

// network
export * from './network/accessProfile.ts';
export * from './network/builtInProfiles.ts';
export * as acsMigration from './network/acsMigration.ts';
export * from './network/acsMigrationPolicy.ts';
export type * from './network/acsMigrationState.ts';
export * from './network/acsMigrationWaves.ts';
export * from './network/acsPreflight.ts';
export * from './network/checkDeviceProfile.ts';
export * from './network/checkFibrePath.ts';
export * from './network/compileProfile.ts';
export * from './network/counterDelta.ts';
export * from './network/cpeProfile.ts';
export * from './network/deviceProfile.ts';
export * from './network/deviceProfileSchema.ts';
export * from './network/deviceSetup.ts';
export * from './network/equipmentImport.ts';
export * from './network/genieAcsProvision.ts';
export * from './network/legacyRow.ts';
export * from './network/ontSerial.ts';
export * from './network/opticalBudget.ts';
export * from './network/parsePort.ts';
export * from './network/profileTargets.ts';
export * from './network/radiusChange.ts';
export * from './network/radiusGarden.ts';
export * from './network/radiusProfile.ts';
export * from './network/readBack.ts';
export * from './network/readRates.ts';
export * from './network/resolveModel.ts';
export * from './network/usageByDay.ts';

// care
export * from './care/noticeFacts.ts';
export * from './care/notices.ts';
export * from './care/orderNotices.ts';
export * from './care/smsText.ts';
export * from './care/wording.ts';

// leads
export * from './leads/leadPlan.ts';
export * from './leads/readLead.ts';

// dunning
export * as dunning from './dunning/dunning.ts';
export type * from './dunning/dunningCase.ts';
export * from './dunning/dunningPolicy.ts';
export * from './dunning/locks.ts';

// analytics
export * from './analytics/convert.ts';
export * from './analytics/paymentAnalytics.ts';
export * from './analytics/paymentAttempt.ts';
export * from './analytics/recoveredByRetry.ts';
export type { Share } from './analytics/share.ts';
export * from './analytics/subscriptionAnalytics.ts';
export * from './analytics/trialScore.ts';
export * from './analytics/usagePatterns.ts';
export * from './analytics/whatIf.ts';

// subscription
export * from './subscription/billedOf.ts';
export type { Decided, Happened, Kept, Wanted } from './subscription/lifecycle.ts';
export * as subscription from './subscription/subscription.ts';
export { defaultSubscriptionPolicy, planFault, subscriptionPolicySchema } from './subscription/subscriptionPolicy.ts';
export type * from './subscription/subscriptionState.ts';

// trial
export * from './trial/assignVariant.ts';
export * as trial from './trial/trial.ts';
export * from './trial/trialPolicy.ts';
export type * from './trial/trialState.ts';

// tenant: the data of the reference operator; bring your own
export * from './tenant/canadaTaxTable.ts';
export * from './tenant/residentialCatalog.ts';
export * from './tenant/terminationPolicies.ts';
