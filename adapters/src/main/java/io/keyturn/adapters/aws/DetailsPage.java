package io.keyturn.adapters.aws;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One page of authorization details, read in one pass: the SDK's own reading builds a tree of the whole page, policy
 * documents included, and was the largest single cost of reading an organization.
 *
 * @param next the token of the next page, or null at the end
 */
record DetailsPage(List<Detail> users, @Nullable String next) {
    /** A user's details. */
    record Detail(
            LiveUsers.Head head,
            Map<String, String> tags,
            List<String> groups,
            List<String> policies,
            String boundary) {}

    /** Reads an answer to GetAccountAuthorizationDetails; throws where it is cut off or no such answer. */
    static DetailsPage read(XMLStreamReader xml) throws XMLStreamException {
        return new Parser(xml, "GetAccountAuthorizationDetailsResult", "UserDetailList").page();
    }

    /** Reads an answer to ListUsers, which tells of each user but its head; throws as {@link #read} does. */
    static DetailsPage readUsers(XMLStreamReader xml) throws XMLStreamException {
        return new Parser(xml, "ListUsersResult", "Users").page();
    }

    /** Reads an answer to GetUser, which says no groups and no policies; throws as {@link #read} does. */
    static Detail readUser(XMLStreamReader xml) throws XMLStreamException {
        return new Parser(xml, "GetUserResult", "User").one();
    }

    /** Walks through the page; the path of open elements below a user tells what a text is. */
    private static final class Parser {
        private final XMLStreamReader xml;
        private final String result;
        private final String list;
        private final List<Detail> users = new ArrayList<>();
        private boolean sawResult;
        private boolean truncated;
        private String marker = "";

        Parser(XMLStreamReader xml, String result, String list) {
            this.xml = xml;
            this.result = result;
            this.list = list;
        }

        DetailsPage page() throws XMLStreamException {
            int depth = 0;
            boolean inUsers = false;
            while (xml.hasNext()) {
                int event = xml.next();
                if (event == XMLStreamConstants.END_ELEMENT) {
                    depth--;
                    inUsers = inUsers && depth >= 3;
                } else if (event == XMLStreamConstants.START_ELEMENT) {
                    depth++;
                    String name = xml.getLocalName();
                    if (depth == 4 && inUsers) {
                        users.add(user());
                        depth--;
                    } else if (depth == 3) {
                        inUsers = name.equals(list);
                        depth -= leaf(name) ? 1 : 0;
                    }
                    sawResult |= depth == 2 && name.equals(result);
                }
            }
            if (!sawResult) {
                throw new XMLStreamException("the answer holds no " + list);
            }
            return new DetailsPage(users, truncated ? marker : null);
        }

        Detail one() throws XMLStreamException {
            Detail found = null;
            boolean inResult = false;
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    inResult |= xml.getLocalName().equals(result);
                    found = inResult && xml.getLocalName().equals(list) ? user() : found;
                }
            }
            if (found == null) {
                throw new XMLStreamException("the answer holds no " + list);
            }
            return found;
        }

        private boolean leaf(String name) throws XMLStreamException {
            switch (name) {
                case "IsTruncated" ->
                    truncated = Boolean.parseBoolean(xml.getElementText().strip());
                case "Marker" -> marker = xml.getElementText();
                default -> {
                    return false;
                }
            }
            return true;
        }

        private Detail user() throws XMLStreamException {
            Map<String, String> own = new HashMap<>();
            Map<String, String> tags = new TreeMap<>();
            List<String> groups = new ArrayList<>();
            List<String> policies = new ArrayList<>();
            Deque<String> path = new ArrayDeque<>();
            StringBuilder text = new StringBuilder();
            String tagKey = "";
            while (true) {
                int event = xml.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    path.addLast(xml.getLocalName());
                    text.setLength(0);
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(xml.getText());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    if (path.isEmpty()) {
                        return detail(own, tags, groups, policies);
                    }
                    String at = String.join("/", path);
                    path.removeLast();
                    switch (at) {
                        case "GroupList/member" -> groups.add(text.toString());
                        case "UserPolicyList/member/PolicyName", "AttachedManagedPolicies/member/PolicyName" ->
                            policies.add(text.toString());
                        case "Tags/member/Key" -> tagKey = text.toString();
                        case "Tags/member/Value" -> tags.put(tagKey, text.toString());
                        case "Path",
                                "UserName",
                                "UserId",
                                "Arn",
                                "CreateDate",
                                "PermissionsBoundary/PermissionsBoundaryArn" -> own.put(at, text.toString());
                        default -> {
                            // Policy documents and what AWS may add.
                        }
                    }
                    text.setLength(0);
                }
            }
        }

        private static Detail detail(
                Map<String, String> own, Map<String, String> tags, List<String> groups, List<String> policies) {
            Instant created = AwsTime.parse(own.getOrDefault("CreateDate", ""));
            LiveUsers.Head head = new LiveUsers.Head(
                    new io.keyturn.core.model.UserName(own.getOrDefault("UserName", "")),
                    new io.keyturn.core.model.UserId(own.getOrDefault("UserId", "")),
                    own.getOrDefault("Arn", ""),
                    own.getOrDefault("Path", "/"),
                    created);
            return new Detail(
                    head,
                    tags,
                    UserReads.sorted(groups),
                    UserReads.sorted(policies),
                    own.getOrDefault("PermissionsBoundary/PermissionsBoundaryArn", "")
                            .strip());
        }
    }
}
