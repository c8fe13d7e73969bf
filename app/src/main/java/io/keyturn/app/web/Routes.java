package io.keyturn.app.web;

import static io.keyturn.app.web.Role.APPROVER;
import static io.keyturn.app.web.Role.OPERATOR;
import static io.keyturn.app.web.Role.VIEWER;

import java.util.ArrayList;
import java.util.List;

/** Every address of the server, with who may ask for it. */
public final class Routes {
    private final Site site;

    public Routes(Site site) {
        this.site = site;
    }

    /** All of them. */
    public List<Route> all() {
        List<Route> routes = new ArrayList<>(pages());
        routes.addAll(acts());
        routes.addAll(new Api(site).routes());
        return List.copyOf(routes);
    }

    private List<Route> pages() {
        ListPages lists = new ListPages(site);
        return List.of(
                Route.get("/", new OverviewPage(site)::answer),
                Route.get("/accounts", lists::accounts),
                Route.get("/owners", lists::owners),
                Route.get("/keys", new KeysPage(site)::answer),
                Route.get("/keys/*", new StoryPage(site)::answer),
                Route.get("/runs", lists::runs),
                Route.get("/runs/work", lists::work),
                Route.get("/plan", new PlanPage(site)::answer),
                Route.get("/health", lists::health),
                Route.get("/metrics", new Signs(site)::metrics));
    }

    private List<Route> acts() {
        ActPages acts = new ActPages(site, new StoryPage(site));
        return List.of(
                Route.get("/stop", VIEWER, acts::askStop),
                Route.post("/stop", OPERATOR, acts::stop),
                Route.post("/resume", APPROVER, acts::resume),
                Route.get("/keys/*/exemption", OPERATOR, new ExemptionPage(site, new StoryPage(site))::answer),
                Route.get("/keys/*/act/*", OPERATOR, acts::ask),
                Route.post("/keys/*/act/*", OPERATOR, acts::decide),
                Route.post("/plan", APPROVER, new PlanPage(site)::approve),
                Route.post("/plan/refuse", APPROVER, new PlanPage(site)::refuse),
                Route.post("/plan/apply", APPROVER, new PlanPage(site)::apply),
                Route.post("/read", OPERATOR, acts::read),
                Route.post("/run", APPROVER, acts::run),
                Route.post("/pass", OPERATOR, acts::pass));
    }
}
