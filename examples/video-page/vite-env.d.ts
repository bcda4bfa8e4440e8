/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** The origin of the PeerTube server. What begins with VITE_ ends up in the page: no place for secrets. */
  readonly VITE_PEERTUBE_URL?: string;
}
