import {
  MyUserApi,
  PeerTubeSession,
  SessionApi,
  webStorage,
} from "../../generated/peertube/index.js";

/** Set when the page is built; otherwise the page lies on the server itself. */
export const baseUrl = import.meta.env.VITE_PEERTUBE_URL ?? location.origin;

// Unlike localStorage it ends with the tab, and unlike a variable it outlives a reload. Scripts of the page can read
// it, so the page has no others than its own.
const storage = webStorage(sessionStorage, "peertube");

export const session = new PeerTubeSession({ api: new SessionApi({ baseUrl }), storage });

/** One class, not all of PeerTube, which keeps the page small. */
export const api = new MyUserApi({ baseUrl, auth: { OAuth2: session.accessToken } });
