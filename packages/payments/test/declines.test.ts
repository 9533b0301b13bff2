import { declineAdvice } from '../src/index.ts';

const customer = ['authentication_required', 'card_not_supported', 'invalid_account', 'expired_card', 'incorrect_cvc', 'incorrect_zip', 'incorrect_number', 'invalid_cvc', 'invalid_expiry_month', 'invalid_expiry_year', 'invalid_number', 'invalid_amount', 'currency_not_supported', 'payment_intent_authentication_failure'];
const soft = ['insufficient_funds', 'try_again_later', 'processing_error', 'issuer_not_available', 'reenter_transaction', 'approve_with_id', 'card_velocity_exceeded', 'withdrawal_count_limit_exceeded', 'do_not_honor', 'generic_decline', 'no_action_taken', 'call_issuer', 'something_new', '__proto__'];
const never = ['lost_card', 'stolen_card', 'pickup_card', 'revocation_of_authorization', 'revocation_of_all_authorizations', 'stop_payment_order', 'fraudulent', 'merchant_blacklist', 'security_violation', 'highest_risk_level', 'transaction_not_allowed', 'restricted_card', 'service_not_allowed'];
const rows = [...customer.map((code) => [code, 'updateCard'] as const), ...soft.map((code) => [code, 'retryLater'] as const), ...never.map((code) => [code, 'stop'] as const)];

test.each(rows)('[S0-82] %s without advice: %s', (code, action) => {
  expect(declineAdvice(code).action).toBe(action);
  expect(declineAdvice(code, 'advice_of_tomorrow').action).toBe(action);
});

test.each(rows)('[S0-82] %s (by itself %s): the advice of the bank goes first', (code) => {
  expect(declineAdvice(code, 'do_not_try_again').action).toBe('stop');
  expect(declineAdvice(code, 'confirm_card_data').action).toBe('updateCard');
  expect(declineAdvice(code, 'try_again_later').action).toBe('retryLater');
});

test.each(never)('[S0-82] whatever is advised, %s is never told to the customer', (code) => {
  for (const advice of [undefined, 'do_not_try_again', 'confirm_card_data', 'try_again_later']) expect(declineAdvice(code, advice).customerReason).toBe('generic_decline');
});
