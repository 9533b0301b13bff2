/** Everything core takes and gives is plain JSON, so that it survives n8n items, journals and queues. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
