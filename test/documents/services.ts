export const SERVICES = ["peertube", "mastodon", "sftpgo"] as const;
