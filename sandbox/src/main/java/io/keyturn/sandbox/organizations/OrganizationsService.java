package io.keyturn.sandbox.organizations;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.Service;
import io.keyturn.sandbox.protocol.ServiceError;
import io.keyturn.sandbox.world.OrgUnit;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** AWS Organizations, as the management account sees it. Source: its API reference, version 2016-11-28. */
public final class OrganizationsService implements Service {
    private static final int PAGE = 20;
    private static final String ORGANIZATION = "o-fernhill01";

    private final World world;

    public OrganizationsService(World world) {
        this.world = world;
    }

    @Override
    public boolean json() {
        return true;
    }

    @Override
    public String namespace() {
        return "";
    }

    @Override
    public String answer(Call call) {
        if (call.caller().account() != world.management()) {
            throw new ServiceError(400, "AccessDeniedException", "You don't have permissions to access this resource.");
        }
        JsonNode body = Json.read(call.body());
        return switch (call.action()) {
            case "DescribeOrganization" -> describe();
            case "ListAccounts" -> page("Accounts", world.accounts(), body, this::account);
            case "ListAccountsForParent" ->
                page(
                        "Accounts",
                        world.accounts().stream()
                                .filter(a -> a.unit().id().equals(text(body, "ParentId")))
                                .toList(),
                        body,
                        this::account);
            case "ListRoots" ->
                page("Roots", world.units().stream().filter(OrgUnit::isRoot).toList(), body, this::unit);
            case "ListOrganizationalUnitsForParent" ->
                page(
                        "OrganizationalUnits",
                        world.units().stream()
                                .filter(u -> u.parent().equals(text(body, "ParentId")))
                                .toList(),
                        body,
                        this::unit);
            case "ListParents" -> parents(text(body, "ChildId"));
            case "ListTagsForResource" -> tags(text(body, "ResourceId"));
            default -> throw new ServiceError(400, "UnknownOperationException", call.action() + " is not simulated");
        };
    }

    private static String text(JsonNode body, String name) {
        JsonNode value = body.get(name);
        if (value == null || !value.isString()) {
            throw new ServiceError(400, "InvalidInputException", "You specified an invalid value for " + name);
        }
        return value.asString();
    }

    private String describe() {
        String master = world.management().id();
        return Json.write(Map.of(
                "Organization",
                Map.of(
                        "Id",
                        ORGANIZATION,
                        "Arn",
                        arn("organization/" + ORGANIZATION),
                        "FeatureSet",
                        "ALL",
                        "MasterAccountId",
                        master,
                        "MasterAccountArn",
                        arn("account/" + ORGANIZATION + "/" + master),
                        "MasterAccountEmail",
                        "aws@fernhill.example",
                        "AvailablePolicyTypes",
                        List.of())));
    }

    private String arn(String rest) {
        return "arn:" + world.partition() + ":organizations::"
                + world.management().id() + ":" + rest;
    }

    private Map<String, Object> account(SimAccount account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("Id", account.id());
        json.put("Arn", arn("account/" + ORGANIZATION + "/" + account.id()));
        json.put("Email", account.name() + "@fernhill.example");
        json.put("Name", account.name());
        // Status is the older name, State the newer one; AWS answers both.
        json.put("Status", account.state());
        json.put("State", account.state());
        json.put("JoinedMethod", "CREATED");
        json.put("JoinedTimestamp", 1_456_822_800);
        return json;
    }

    private Map<String, Object> unit(OrgUnit unit) {
        return Map.of("Id", unit.id(), "Arn", arn("ou/" + ORGANIZATION + "/" + unit.id()), "Name", unit.name());
    }

    private String parents(String child) {
        SimAccount account = world.account(child);
        String parent = account != null
                ? account.unit().id()
                : world.units().stream()
                        .filter(u -> u.id().equals(child) && !u.isRoot())
                        .map(OrgUnit::parent)
                        .findFirst()
                        .orElseThrow(() -> new ServiceError(400, "ChildNotFoundException", child + " is not there"));
        String type = parent.startsWith("r-") ? "ROOT" : "ORGANIZATIONAL_UNIT";
        return Json.write(Map.of("Parents", List.of(Map.of("Id", parent, "Type", type))));
    }

    private String tags(String resource) {
        SimAccount account = world.account(resource);
        List<Map<String, String>> tags = new ArrayList<>();
        if (account != null) {
            account.tags().forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        }
        return Json.write(Map.of("Tags", tags));
    }

    private static <T> String page(String name, List<T> all, JsonNode body, Function<T, Map<String, Object>> writer) {
        int from = start(body.get("NextToken"));
        JsonNode most = body.get("MaxResults");
        int to = Math.min(all.size(), from + (most == null ? PAGE : Math.min(PAGE, most.asInt())));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(name, all.subList(Math.min(from, to), to).stream().map(writer).toList());
        if (to < all.size()) {
            json.put("NextToken", "from-" + to);
        }
        return Json.write(json);
    }

    private static int start(@Nullable JsonNode token) {
        if (token == null || token.isNull() || token.asString().isEmpty()) {
            return 0;
        }
        try {
            return Integer.parseInt(token.asString().replaceFirst("^from-", ""));
        } catch (NumberFormatException e) {
            throw new ServiceError(400, "InvalidInputException", "You specified an invalid NextToken");
        }
    }
}
