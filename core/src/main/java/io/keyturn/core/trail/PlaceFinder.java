package io.keyturn.core.trail;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells by a key's events where it is used from. What speaks for a place, the strongest first: a network that the
 * configuration names, an agent that names a system of builds, an agent or a VPC endpoint inside of AWS, an agent of a
 * person's machine. What one event of an address tells holds for all of that address: a build tells who it is once, and
 * then calls with plain tools.
 */
public final class PlaceFinder {
    /** Nobody reads more than this. */
    private static final int MOST = 3;

    private final List<Network> networks;
    private final boolean console;

    /**
     * A search.
     *
     * @param networks the first that an address lies in names its place
     * @param console whether the key's user is known to sign in to the console
     */
    public PlaceFinder(List<Network> networks, boolean console) {
        this.networks = List.copyOf(networks);
        this.console = console;
    }

    /** One event, and what speaks for its place. */
    private record Seen(TrailEvent event, String address, Evidence evidence) {}

    /** What is stronger outweighs what other events of the same address tell. */
    private enum Strength {
        NOTHING,
        PERSON,
        SOMEWHERE_INSIDE_AWS,
        INSIDE_AWS,
        SYSTEM,
        NETWORK
    }

    private record Evidence(Place place, Strength strength) {}

    /**
     * The places.
     *
     * @param region whose events these are; empty for IAM's own
     * @param since where the looking began
     */
    public KeyUses of(TrailEvents told, String region, Instant since) {
        List<Seen> seen = new ArrayList<>();
        Map<String, Evidence> strongest = new HashMap<>();
        for (TrailEvent event : told.events()) {
            String address = event.origin().address();
            Optional<IpAddress> parsed = IpAddress.parse(address);
            if (parsed.isEmpty()) {
                // A service of AWS called on behalf of whoever has the key, wherever that is.
                continue;
            }
            Evidence evidence = evidence(event.origin(), parsed.get());
            seen.add(new Seen(event, address, evidence));
            strongest.merge(address, evidence, (a, b) -> b.strength().compareTo(a.strength()) > 0 ? b : a);
        }
        Map<Place, List<Seen>> byPlace = new LinkedHashMap<>();
        for (Seen one : seen) {
            Evidence best = strongest.getOrDefault(one.address(), one.evidence());
            Place place = one.evidence().strength() == best.strength()
                    ? one.evidence().place()
                    : best.place();
            byPlace.computeIfAbsent(place, any -> new ArrayList<>()).add(one);
        }
        List<KeyUses.Origin> origins = byPlace.entrySet().stream()
                .map(entry -> origin(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(KeyUses.Origin::events)
                        .thenComparing(KeyUses.Origin::last)
                        .reversed())
                .toList();
        int shown = Math.min(MOST, origins.size());
        return new KeyUses(
                origins.subList(0, shown), origins.size() - shown, told.events().size(), told.whole(), since, region);
    }

    private Evidence evidence(TrailOrigin origin, IpAddress address) {
        for (Network network : networks) {
            if (network.range().contains(address)) {
                return new Evidence(new Place(network.is(), network.name()), Strength.NETWORK);
            }
        }
        UserAgent agent = new UserAgent(origin.agent());
        Optional<Place> system = agent.system();
        if (system.isPresent()) {
            return new Evidence(system.get(), Strength.SYSTEM);
        }
        Optional<Place> inside = agent.insideAws();
        if (inside.isPresent() && !inside.get().name().isEmpty()) {
            return new Evidence(inside.get(), Strength.INSIDE_AWS);
        }
        if (inside.isPresent() || !origin.endpoint().isEmpty()) {
            return new Evidence(new Place(Place.Kind.AWS, ""), Strength.SOMEWHERE_INSIDE_AWS);
        }
        return agent.ofPerson(console)
                .map(place -> new Evidence(place, Strength.PERSON))
                .orElseGet(() -> new Evidence(Place.UNKNOWN, Strength.NOTHING));
    }

    private static KeyUses.Origin origin(Place place, List<Seen> seen) {
        List<String> tools = frequent(seen.stream()
                .map(one -> one.event().origin().tool())
                .flatMap(Optional::stream)
                .toList());
        List<String> addresses = frequent(seen.stream().map(Seen::address).toList());
        Instant last = seen.stream()
                .map(one -> one.event().at())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        int more = addresses.size() - Math.min(MOST, addresses.size());
        return new KeyUses.Origin(place, seen.size(), last, first(tools), first(addresses), more);
    }

    private static List<String> first(List<String> all) {
        return all.subList(0, Math.min(MOST, all.size()));
    }

    /** Each once, the most frequent first, and of two as frequent the one that was seen later. */
    private static List<String> frequent(List<String> all) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        all.forEach(one -> counts.merge(one, 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }
}
