/** Received power limits in dBm. Below `warning` or `critical`, or above `high`, light is weak or too strong. */
export interface OpticalLimits {
  readonly high: number;
  readonly warning: number;
  readonly critical: number;
}
export interface OpticalEnds {
  readonly onu: OpticalLimits;
  readonly olt: OpticalLimits;
}
/** ONT receiver: GPON class B+ stops at −27 dBm. OLT receiver: −28 dBm. */
export const defaultLimits: OpticalEnds = {
  onu: { high: -8, warning: -25, critical: -27 },
  olt: { high: -8, warning: -26, critical: -28 },
};

export interface OpticalPowers {
  /** Downstream, as the ONT receives it. */
  readonly rxPowerDbm: number | null;
  /** Upstream, as the OLT receives it. */
  readonly oltRxPowerDbm: number | null;
}
export interface OpticalVerdict {
  readonly verdict: 'good' | 'warning' | 'critical' | 'noReading';
  readonly because: readonly string[];
}

/**
 * Whether the light is good enough, from both ends: a bent drop weakens both directions, a dirty ONT connector often only one
 * (S0-105, S1-093). Powers in dBm.
 * @example opticalVerdict({ rxPowerDbm: -21.4, oltRxPowerDbm: -22 }).verdict // 'good'
 */
export function opticalVerdict(powers: OpticalPowers, limits: OpticalEnds = defaultLimits): OpticalVerdict {
  const ends = [
    { name: 'The ONT receives', dbm: powers.rxPowerDbm, limit: limits.onu },
    { name: 'The OLT receives', dbm: powers.oltRxPowerDbm, limit: limits.olt },
  ];
  const because: string[] = [];
  let worst: OpticalVerdict['verdict'] = 'good';
  for (const { name, dbm, limit } of ends) {
    if (dbm === null) {
      because.push(`${name}: no reading.`);
      continue;
    }
    const said = dbm < limit.critical ? `below ${limit.critical} dBm: critical` : dbm < limit.warning ? `below ${limit.warning} dBm: weak` : dbm > limit.high ? `above ${limit.high} dBm: too strong` : 'within limits';
    because.push(`${name} ${dbm.toFixed(2)} dBm, ${said}.`);
    if (dbm < limit.critical) worst = 'critical';
    else if ((dbm < limit.warning || dbm > limit.high) && worst === 'good') worst = 'warning';
  }
  // A dark ONT is what matters at the customer's; the OLT's side alone cannot call it good.
  return powers.rxPowerDbm === null && worst === 'good' ? { verdict: 'noReading', because } : { verdict: worst, because };
}
