/** What the bank will say about a payment method. */
export interface Card {
  readonly brand: string;
  readonly last4: string;
  readonly decline?: { readonly code: string; readonly decline_code: string; readonly advice_code?: string; readonly message: string };
  readonly authenticate?: true;
  readonly refundFails?: true;
}

const declined = (last4: string, decline_code: string, code = 'card_declined', message = 'Your card was declined.', advice_code?: string): Card => ({
  brand: 'visa', last4, decline: { code, decline_code, message, ...(advice_code ? { advice_code } : {}) },
});
const ok = (brand: string, last4: string): Card => ({ brand, last4 });
const funds = declined('9995', 'insufficient_funds', 'card_declined', 'Your card has insufficient funds.', 'try_again_later');
const generic = declined('0002', 'generic_decline', 'card_declined', 'Your card was declined.', 'try_again_later');
const lost = declined('9987', 'lost_card', 'card_declined', 'Your card was declined.', 'do_not_try_again');
const stolen = declined('9979', 'stolen_card', 'card_declined', 'Your card was declined.', 'do_not_try_again');

/** Stripe's documented test tokens (erp.md 6.1). */
export const cards: Readonly<Record<string, Card>> = {
  pm_card_visa: ok('visa', '4242'),
  pm_card_mastercard: ok('mastercard', '4444'),
  pm_card_amex: ok('amex', '8431'),
  pm_card_chargeDeclined: generic,
  pm_card_visa_chargeDeclined: generic,
  pm_card_chargeDeclinedInsufficientFunds: funds,
  pm_card_visa_chargeDeclinedInsufficientFunds: funds,
  pm_card_visa_chargeDeclinedLostCard: lost,
  pm_card_visa_chargeDeclinedStolenCard: stolen,
  pm_card_chargeDeclinedExpiredCard: declined('0069', 'expired_card', 'expired_card', 'Your card has expired.', 'confirm_card_data'),
  pm_card_chargeDeclinedIncorrectCvc: declined('0127', 'incorrect_cvc', 'incorrect_cvc', "Your card's security code is incorrect.", 'confirm_card_data'),
  pm_card_chargeDeclinedProcessingError: declined('0119', 'processing_error', 'processing_error', 'An error occurred while processing your card. Try again in a little bit.', 'try_again_later'),
  pm_card_chargeCustomerFail: { ...generic, last4: '0341' },
  pm_card_authenticationRequired: { ...ok('visa', '3184'), authenticate: true },
  pm_card_threeDSecure2Required: { ...ok('visa', '3220'), authenticate: true },
  pm_card_refundFail: { ...ok('visa', '5126'), refundFails: true },
};
