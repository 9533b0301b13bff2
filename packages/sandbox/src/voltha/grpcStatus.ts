/** How a call of the core fails: a gRPC code with a sentence. @example throw new GrpcStatus(5, 'onu-1'); */
export class GrpcStatus extends Error {
  readonly code: number;
  constructor(code: number, details: string) {
    super(details);
    this.code = code;
  }
}
