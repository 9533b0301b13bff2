/**
 * One row per trigger, subject and channel. Kept: the masked recipient, the language, a SHA-256 of the text (to know the message again in
 * the vendor's list), the vendor's id, states and times. Not kept: the text, the facts, the number or address; they come with each request.
 */
export const noticeMigrations = [
  {
    name: 'notices-1',
    statements: [
      `CREATE TABLE notice (
        id text PRIMARY KEY, trigger text NOT NULL, subject text NOT NULL, channel text NOT NULL, recipient text NOT NULL, language text NOT NULL, text_hash text NOT NULL,
        state text NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed', 'suppressed')), reason text, retryable boolean NOT NULL DEFAULT false, vendor_id text,
        attempt integer NOT NULL DEFAULT 0, claimed_until timestamptz, created_at timestamptz NOT NULL, sent_at timestamptz, delivered_at timestamptz, updated_at timestamptz NOT NULL,
        UNIQUE (trigger, subject, channel))`,
      'CREATE INDEX notice_subject ON notice (subject, created_at)',
      'CREATE INDEX notice_vendor ON notice (vendor_id) WHERE vendor_id IS NOT NULL',
    ],
  },
] as const;
