/** Who is asking, and for which customer. Everything a use case reads or writes is within `organizationId`. */
export type Principal = {
  userId: string;
  userName: string;
  organizationId: string;
  /** The session the request came with; `null` for API keys. */
  sessionId: string | null;
};
