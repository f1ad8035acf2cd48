/** The two ways in which a call to AWS goes wrong: it said no, or nobody knows what it did. */

/** AWS understood and refused, with its own code. */
export class AwsRefused extends Error {
  override readonly name = 'AwsRefused';
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** No usable answer in time, or that AWS could not do it now: the call may or may not have had its effect. */
export class AwsUnavailable extends Error {
  override readonly name = 'AwsUnavailable';
}
