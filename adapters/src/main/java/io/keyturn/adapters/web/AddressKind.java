package io.keyturn.adapters.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** What an IP address leads to, after the special-purpose registries of IANA (RFC 6890) and the clouds' own. */
enum AddressKind {
    PUBLIC("a public address"),
    /** A network of one's own, or a carrier's (RFC 1918, 4193, 6598, 8215). */
    PRIVATE("a private address"),
    LOOPBACK("an address of this machine"),
    /** Where clouds hand out credentials to the machine that asks. */
    METADATA("the metadata address of a cloud"),
    /** Link-local, multicast, reserved, for documentation: nothing that a service stands at. */
    SPECIAL("an address that no service on the internet has");

    /** First match; addresses of IPv4 within IPv6 have been taken out before. */
    private static final List<Block> BLOCKS = List.of(
            new Block("169.254.169.254", 32, METADATA),
            new Block("169.254.170.2", 32, METADATA),
            new Block("169.254.170.23", 32, METADATA),
            new Block("100.100.100.200", 32, METADATA),
            new Block("192.0.0.192", 32, METADATA),
            new Block("fd00:ec2::", 32, METADATA),
            new Block("fd20:ce::254", 128, METADATA),
            new Block("127.0.0.0", 8, LOOPBACK),
            new Block("::1", 128, LOOPBACK),
            new Block("10.0.0.0", 8, PRIVATE),
            new Block("172.16.0.0", 12, PRIVATE),
            new Block("192.168.0.0", 16, PRIVATE),
            new Block("100.64.0.0", 10, PRIVATE),
            new Block("198.18.0.0", 15, PRIVATE),
            new Block("fc00::", 7, PRIVATE),
            new Block("64:ff9b:1::", 48, PRIVATE),
            new Block("fec0::", 10, PRIVATE),
            new Block("0.0.0.0", 8, SPECIAL),
            new Block("169.254.0.0", 16, SPECIAL),
            new Block("192.0.0.0", 24, SPECIAL),
            new Block("192.0.2.0", 24, SPECIAL),
            new Block("192.88.99.0", 24, SPECIAL),
            new Block("198.51.100.0", 24, SPECIAL),
            new Block("203.0.113.0", 24, SPECIAL),
            new Block("224.0.0.0", 3, SPECIAL),
            // Of IPv6 only 2000::/3 is given out; within it Teredo, the registries' own and documentation are not.
            new Block("2001::", 23, SPECIAL),
            new Block("2001:db8::", 32, SPECIAL),
            new Block("3fff::", 20, SPECIAL),
            new Block("2000::", 3, PUBLIC),
            new Block("::", 0, SPECIAL));

    private static final byte[] NAT64 = bytes("64:ff9b::");
    private static final byte[] SIX_TO_FOUR = bytes("2002::");
    private static final byte[] COMPATIBLE = bytes("::");

    private final String words;

    AddressKind(String words) {
        this.words = words;
    }

    /** The kind in words. */
    String words() {
        return words;
    }

    /** The kind of an address; one of IPv4 that is wrapped in IPv6 is judged as itself. */
    static AddressKind of(InetAddress address) {
        byte[] all = unwrapped(address.getAddress());
        return BLOCKS.stream()
                .filter(block -> block.holds(all))
                .findFirst()
                .map(Block::kind)
                .orElse(PUBLIC);
    }

    /** Java itself unwraps IPv4-mapped addresses; the other ways to write IPv4 within IPv6 are left to us. */
    private static byte[] unwrapped(byte[] all) {
        if (all.length == 4) {
            return all;
        }
        boolean unspecifiedOrLoopback = all[12] == 0 && all[13] == 0 && all[14] == 0;
        if (begins(all, NAT64, 96) || (begins(all, COMPATIBLE, 96) && !unspecifiedOrLoopback)) {
            return Arrays.copyOfRange(all, 12, 16);
        }
        return begins(all, SIX_TO_FOUR, 16) ? Arrays.copyOfRange(all, 2, 6) : all;
    }

    private static boolean begins(byte[] address, byte[] block, int bits) {
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((address[bit / 8] & mask) != (block[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    /** All addresses that begin with the first so many bits of one. */
    private record Block(byte[] first, int bits, AddressKind kind) {
        Block(String first, int bits, AddressKind kind) {
            this(bytes(first), bits, kind);
        }

        boolean holds(byte[] address) {
            return address.length == first.length && begins(address, first, bits);
        }
    }
}
