import { BlockList, isIP } from "node:net";

/** Blocks that lead into some network of one's own, or nowhere (IANA special-purpose registries). */
const PRIVATE_IPV4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** Everything but global unicast (RFC 4291, 2.4), and those blocks of it that hold IPv4 addresses or nothing. */
const PRIVATE_IPV6 = [
  ["::", 3],
  ["4000::", 2],
  ["8000::", 1],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const PRIVATE = {
  ipv4: blocksOf(PRIVATE_IPV4, "ipv4"),
  ipv6: blocksOf(PRIVATE_IPV6, "ipv6"),
};

/** One list for each family: what a list says of the addresses of the other one differs between versions of Node.js. */
function blocksOf(
  subnets: readonly (readonly [string, number])[],
  family: "ipv4" | "ipv6",
): BlockList {
  const blocks = new BlockList();
  for (const [net, prefix] of subnets) blocks.addSubnet(net, prefix, family);
  return blocks;
}

/** Tells whether an IP address is one of the public internet: none of this machine, its network or its cloud. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  return !PRIVATE[family].check(address, family);
}
