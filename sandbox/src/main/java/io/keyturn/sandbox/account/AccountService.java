package io.keyturn.sandbox.account;

import io.keyturn.sandbox.protocol.Call;
import io.keyturn.sandbox.protocol.Json;
import io.keyturn.sandbox.protocol.JsonService;
import io.keyturn.sandbox.world.Authorization;
import io.keyturn.sandbox.world.ServiceError;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * AWS Account Management, as an account sees itself. Every account has somebody for operations and for security, and
 * nobody for billing. Source: its API reference, version 2021-02-01, GetAlternateContact.
 */
public final class AccountService implements JsonService {
    @Override
    public String answer(Call call) {
        if (!call.action().equals("GetAlternateContact")) {
            throw JsonService.unknown(call);
        }
        Authorization.check(call.caller(), "account:GetAlternateContact", "*", null);
        String type = Json.read(call.body()).path("AlternateContactType").asString("");
        String who = switch (type) {
            case "OPERATIONS" -> call.caller().account().name() + "-ops";
            case "SECURITY" -> "security";
            case "BILLING" ->
                throw new ServiceError(
                        404,
                        "ResourceNotFoundException",
                        "No contact of the inputted alternate contact type was found.");
            default ->
                throw new ServiceError(400, "ValidationException", "AlternateContactType is not one of the known ones");
        };
        Map<String, Object> contact = new LinkedHashMap<>();
        contact.put("AlternateContactType", type);
        contact.put("EmailAddress", who + "@fernhill.example");
        contact.put("Name", who);
        contact.put("PhoneNumber", "555-0100");
        contact.put("Title", "On duty");
        return Json.write(Map.of("AlternateContact", contact));
    }
}
