/** What a declined charge asks for: the customer acts, time passes, or nobody tries again. */
export interface DeclineAdvice {
  readonly action: 'updateCard' | 'retryLater' | 'stop';
  /** What may be told to the customer: never that a card is reported stolen or that fraud is suspected. */
  readonly customerReason: string;
}

const UPDATE = new Set(['authentication_required', 'card_not_supported', 'invalid_account', 'expired_card', 'incorrect_cvc', 'incorrect_zip', 'incorrect_number', 'invalid_cvc', 'invalid_expiry_month', 'invalid_expiry_year', 'invalid_number', 'currency_not_supported']);
const STOP = new Set(['lost_card', 'stolen_card', 'pickup_card', 'revocation_of_authorization', 'revocation_of_all_authorizations', 'stop_payment_order', 'fraudulent', 'merchant_blacklist', 'security_violation', 'highest_risk_level', 'transaction_not_allowed', 'restricted_card', 'service_not_allowed']);

/**
 * Sorts a decline by what helps (erp.md 6.1, S0-82). The bank's `adviceCode` is honoured before the table; an unknown code is soft.
 * @example declineAdvice('stolen_card') // { action: 'stop', customerReason: 'generic_decline' }
 */
export function declineAdvice(declineCode: string, adviceCode?: string): DeclineAdvice {
  const quiet = STOP.has(declineCode) ? 'generic_decline' : declineCode;
  if (adviceCode === 'do_not_try_again') return { action: 'stop', customerReason: quiet };
  if (adviceCode === 'confirm_card_data') return { action: 'updateCard', customerReason: quiet };
  if (STOP.has(declineCode)) return { action: 'stop', customerReason: quiet };
  if (adviceCode === 'try_again_later') return { action: 'retryLater', customerReason: quiet };
  return { action: UPDATE.has(declineCode) ? 'updateCard' : 'retryLater', customerReason: quiet };
}
