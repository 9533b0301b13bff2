/** What a declined charge asks for: the customer acts, time passes, or nobody tries again. */
export interface DeclineAdvice {
  readonly action: 'updateCard' | 'retryLater' | 'stop';
  /** What may be told to the customer: never that a card is reported stolen or that fraud is suspected. */
  readonly customerReason: string;
}

const UPDATE = new Set(['authentication_required', 'payment_intent_authentication_failure', 'setup_intent_authentication_failure', 'card_not_supported', 'expired_card', 'incorrect_cvc', 'incorrect_zip', 'incorrect_number', 'currency_not_supported']);
const STOP = new Set(['lost_card', 'stolen_card', 'pickup_card', 'revocation_of_authorization', 'revocation_of_all_authorizations', 'stop_payment_order', 'fraudulent', 'merchant_blacklist', 'security_violation', 'highest_risk_level', 'transaction_not_allowed', 'restricted_card', 'service_not_allowed']);
const ADVICE: Readonly<Record<string, DeclineAdvice['action']>> = { do_not_try_again: 'stop', confirm_card_data: 'updateCard', try_again_later: 'retryLater' };

/**
 * Sorts a decline by what helps (erp.md 6.1, S0-82). The bank's `adviceCode` is honoured before the table; what neither knows is soft.
 * @example declineAdvice('stolen_card') // { action: 'stop', customerReason: 'generic_decline' }
 */
export function declineAdvice(declineCode: string, adviceCode?: string): DeclineAdvice {
  const never = STOP.has(declineCode);
  const customerReason = never ? 'generic_decline' : declineCode;
  const advised = adviceCode !== undefined && Object.hasOwn(ADVICE, adviceCode) ? ADVICE[adviceCode] : undefined;
  // invalid_account, invalid_cvc, invalid_expiry_year …: the family grows.
  const needsCustomer = UPDATE.has(declineCode) || declineCode.startsWith('invalid_');
  return { action: advised ?? (never ? 'stop' : needsCustomer ? 'updateCard' : 'retryLater'), customerReason };
}
