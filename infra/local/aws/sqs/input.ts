/** What a request to SQS says: each action takes of it what it knows, and refuses what it does not understand. */
export type SqsInput = Readonly<Record<string, unknown>>;
