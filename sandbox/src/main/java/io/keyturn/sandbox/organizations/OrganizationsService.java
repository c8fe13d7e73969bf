package io.keyturn.sandbox.organizations;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.JsonService;
import io.keyturn.sandbox.protocol.Page;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.Caller;
import io.keyturn.sandbox.world.OrgUnit;
import io.keyturn.sandbox.world.ServiceError;
import io.keyturn.sandbox.world.SimAccount;
import io.keyturn.sandbox.world.World;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** AWS Organizations, as the management account and delegated administrators see it. Source: its API reference, version 2016-11-28. */
public final class OrganizationsService implements JsonService {
    private static final int PAGE = 20;
    private static final String ORGANIZATION = "o-fernhill01";
    private static final int JOINED = 1_456_822_800;

    private final World world;

    public OrganizationsService(World world) {
        this.world = world;
    }

    @Override
    public String answer(Call call) {
        Caller caller = call.caller();
        Authorization.check(caller, "organizations:" + call.action(), "*", null);
        // A member account may learn what it is a member of, and no more.
        if (!call.action().equals("DescribeOrganization")
                && !world.manages(caller.account().id())) {
            throw new ServiceError(400, "AccessDenied", "You don't have permissions to access this resource.");
        }
        JsonNode body = Json.read(call.body());
        return switch (call.action()) {
            case "DescribeOrganization" -> describe();
            case "DescribeAccount" -> Json.write(Map.of("Account", account(known(text(body, "AccountId")))));
            case "DescribeOrganizationalUnit" -> organizationalUnit(text(body, "OrganizationalUnitId"));
            case "ListAccounts" -> accounts(call, body, world.accounts());
            case "ListAccountsForParent" ->
                accounts(
                        call,
                        body,
                        world.accounts().stream()
                                .filter(a -> a.unit().id().equals(text(body, "ParentId")))
                                .toList());
            case "ListRoots" -> list(call, body, "Roots", units(""));
            case "ListOrganizationalUnitsForParent" ->
                list(call, body, "OrganizationalUnits", units(text(body, "ParentId")));
            case "ListParents" -> list(call, body, "Parents", parents(text(body, "ChildId")));
            case "ListTagsForResource" -> list(call, body, "Tags", tags(text(body, "ResourceId")));
            case "ListDelegatedAdministrators" -> list(call, body, "DelegatedAdministrators", delegated());
            default -> throw JsonService.unknown(call);
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

    private SimAccount known(String id) {
        SimAccount account = world.account(id);
        if (account == null) {
            throw new ServiceError(
                    400, "AccountNotFoundException", "You specified an account that doesn't exist: " + id);
        }
        return account;
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
        json.put("JoinedTimestamp", JOINED);
        return json;
    }

    private List<Map<String, Object>> units(String parent) {
        return world.units().stream()
                .filter(unit -> unit.parent().equals(parent))
                .map(this::unit)
                .toList();
    }

    private Map<String, Object> unit(OrgUnit unit) {
        String kind = unit.isRoot() ? "root/" : "ou/";
        return Map.of("Id", unit.id(), "Arn", arn(kind + ORGANIZATION + "/" + unit.id()), "Name", unit.name());
    }

    private String organizationalUnit(String id) {
        OrgUnit unit = world.units().stream()
                .filter(u -> u.id().equals(id) && !u.isRoot())
                .findFirst()
                .orElseThrow(() -> new ServiceError(
                        400,
                        "OrganizationalUnitNotFoundException",
                        "You specified an organizational unit that doesn't exist: " + id));
        return Json.write(Map.of("OrganizationalUnit", unit(unit)));
    }

    private List<Map<String, Object>> parents(String child) {
        SimAccount account = world.account(child);
        String parent = account != null
                ? account.unit().id()
                : world.units().stream()
                        .filter(u -> u.id().equals(child) && !u.isRoot())
                        .map(OrgUnit::parent)
                        .findFirst()
                        .orElseThrow(() -> new ServiceError(400, "ChildNotFoundException", child + " is not there"));
        return List.of(Map.of("Id", parent, "Type", parent.startsWith("r-") ? "ROOT" : "ORGANIZATIONAL_UNIT"));
    }

    private List<Map<String, Object>> tags(String resource) {
        SimAccount account = world.account(resource);
        List<Map<String, Object>> tags = new ArrayList<>();
        if (account != null) {
            account.tags().forEach((key, value) -> tags.add(Map.of("Key", key, "Value", value)));
        }
        return tags;
    }

    private List<Map<String, Object>> delegated() {
        return world.delegatedAdministrators().stream()
                .sorted()
                .map(id -> {
                    Map<String, Object> json = account(known(id));
                    json.put("DelegationEnabledDate", JOINED);
                    return json;
                })
                .toList();
    }

    private String accounts(Call call, JsonNode body, List<SimAccount> all) {
        Page<SimAccount> page = page(call, body, all);
        return write("Accounts", page, page.items().stream().map(this::account).toList());
    }

    private static String list(Call call, JsonNode body, String name, List<Map<String, Object>> all) {
        Page<Map<String, Object>> page = page(call, body, all);
        return write(name, page, page.items());
    }

    private static <T> Page<T> page(Call call, JsonNode body, List<T> all) {
        JsonNode most = body.get("MaxResults");
        if (most != null && (most.asInt(0) < 1 || most.asInt(0) > PAGE)) {
            throw new ServiceError(400, "InvalidInputException", "MaxResults must be from 1 to " + PAGE);
        }
        JsonNode token = body.get("NextToken");
        boolean first = token == null || token.isNull() || token.asString().isEmpty();
        try {
            return call.page(all, first ? null : token.asString(), most == null ? PAGE : most.asInt());
        } catch (ServiceError invalid) {
            throw new ServiceError(400, "InvalidInputException", "You specified an invalid value for NextToken");
        }
    }

    private static String write(String name, Page<?> page, List<Map<String, Object>> items) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(name, items);
        if (page.next() != null) {
            json.put("NextToken", page.next());
        }
        return Json.write(json);
    }
}
