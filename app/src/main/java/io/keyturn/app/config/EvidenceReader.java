package io.keyturn.app.config;

import io.keyturn.app.words.Manner;
import io.keyturn.core.trail.IpRange;
import io.keyturn.core.trail.Network;
import io.keyturn.core.trail.Place;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads by what messages find the way that needs no key: CloudTrail, networks, and where people sign in. */
final class EvidenceReader {
    static final String USES = "uses";
    static final String NETWORKS = "networks";
    static final String IDENTITY_CENTER = "identity-center";

    /** The word for being asked. */
    static final String CLOUDTRAIL = "cloudtrail";

    private static final List<Place.Kind> KINDS =
            List.of(Place.Kind.CI, Place.Kind.ON_PREMISES, Place.Kind.VENDOR, Place.Kind.OFFICE);
    private static final Pattern CIDR = Pattern.compile("[0-9A-Fa-f.:]{2,45}(?:/[0-9]{1,3})?");
    private static final Pattern NAME = Pattern.compile("[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]{0,59}");
    private static final String RANGE = "write for example 203.0.113.0/24";

    private EvidenceReader() {}

    static Manner.Evidence read(Fields f) {
        boolean trail =
                f.word(USES, List.of("none", CLOUDTRAIL), word -> word, "none").equals(CLOUDTRAIL);
        List<Network> networks = f.each(NETWORKS, List.of("cidr", "name", "is"), EvidenceReader::network);
        if (!trail && !networks.isEmpty()) {
            f.tree.warn(
                    f.node(NETWORKS),
                    f.at(NETWORKS),
                    "is compared with nothing, since nobody is asked where keys are used from",
                    "write uses: cloudtrail beside it");
        }
        String start = f.text(
                IDENTITY_CENTER,
                NoticesReader.ADDRESS,
                "is not an https address",
                "write the start URL, such as https://example.awsapps.com/start");
        return new Manner.Evidence(trail, networks, start == null ? null : URI.create(start));
    }

    private static Optional<Network> network(Fields f) {
        if (!f.require(
                "write for example {cidr: 203.0.113.0/24, name: Head office, is: office}", "cidr", "name", "is")) {
            return Optional.empty();
        }
        String cidr = f.text("cidr", CIDR, "is not a range of addresses", RANGE);
        String name = f.text("name", NAME, "is not a name of at most 60 characters", "write what people call it");
        Place.Kind is = f.word("is", KINDS, Place.Kind::label, Place.Kind.UNKNOWN);
        Optional<IpRange> range = cidr == null ? Optional.empty() : IpRange.parse(cidr);
        if (cidr != null && range.isEmpty()) {
            f.bad("cidr", "is not a range of addresses", RANGE);
        }
        return name == null || is == Place.Kind.UNKNOWN
                ? Optional.empty()
                : range.map(addresses -> new Network(addresses, name, is));
    }
}
