/** Something that Prism has against what is right. */
export interface Exception {
  readonly complaint: RegExp;
  /** Exactly those of whose requests it complains; without them, any may be concerned. */
  readonly operations?: readonly string[];
  readonly reason: string;
}

/** What Prism 5.14 is wrong about; a row or an operation that is no longer needed fails the tests. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    complaint: /^request\.body\.\w+\[\]: Reserved characters used/,
    operations: [
      "addLive",
      "importVideo",
      "patchAccountsUpdateCredentials",
      "patchProfile",
      "putVideo",
      "uploadLegacy",
      "uploadResumableInit",
    ],
    reason:
      "allowReserved is about URLs; values of multipart parts are not percent-encoded (RFC 7578)",
  },
  {
    complaint: /^request\.body\.filenames: .* must be array$/,
    operations: ["create_user_files", "upload_to_share"],
    reason: "of several parts of one name it keeps the last, and takes it for no array",
  },
  {
    complaint: /^request\.body\.(?:replaySettings|payload|scheduleUpdate): .* must have required/,
    operations: ["addLive", "updateRunnerJob", "uploadLegacy"],
    reason: "where a property of style deepObject is left out, it reads an empty object",
  },
  {
    complaint: /^request\.body\.tasks\.\d+: /,
    operations: ["editVideoInStudio"],
    reason: "it reads no array of objects in style deepObject",
  },
  {
    complaint: /^NO_COMPLEX_OBJECT_TEXT: /,
    operations: [
      "getStreamingDirect",
      "getStreamingHashtag",
      "getStreamingHashtagLocal",
      "getStreamingList",
      "getStreamingPublic",
      "getStreamingPublicLocal",
      "getStreamingPublicRemote",
      "getStreamingUser",
      "getStreamingUserNotification",
    ],
    reason: "it cannot write an event stream",
  },
  {
    complaint: /^response\.body\.\d+\.timestamp: .* must be <= 9007199254740991$/,
    operations: ["get_fs_events", "get_log_events", "get_provider_events"],
    reason: "an int64 of nanoseconds is larger than what JavaScript counts exactly",
  },
  {
    complaint: /^response\.body\.(?:.*\.)?(?:moved|contact_account|account)\b/,
    reason: "its own answers end a recursion (an account has moved to an account) with {}",
  },
];
