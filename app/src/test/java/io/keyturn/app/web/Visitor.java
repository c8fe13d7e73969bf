package io.keyturn.app.web;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a picture: keeps the cookies, and finds the token in the page. */
final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final List<String> headers = new ArrayList<>();
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(InetSocketAddress address) {
        this.base = "http://127.0.0.1:" + address.getPort();
    }

    /** From now on sends these; names and values in turn. */
    Visitor with(String... more) {
        headers.addAll(List.of(more));
        return this;
    }

    /** What it keeps under that name. */
    String cookie(String name) {
        return cookies.getOrDefault(name, "");
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path).GET());
    }

    /** Opens a page, and sends the form on it. */
    HttpResponse<String> form(String page, String path, String body) throws Exception {
        Matcher token = TOKEN.matcher(get(page).body());
        String brought = token.find() ? token.group(1) : "";
        return post(path, "token=" + brought + "&" + body);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> json(String path, String body) throws Exception {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        response.headers().firstValue("Set-Cookie").ifPresent(set -> {
            String[] parts = set.split(";")[0].split("=", 2);
            cookies.put(parts[0], parts[1]);
        });
        return response;
    }
}
