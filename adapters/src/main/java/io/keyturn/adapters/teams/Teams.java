package io.keyturn.adapters.teams;

import io.keyturn.adapters.web.Answer;
import io.keyturn.adapters.web.Hook;
import io.keyturn.engine.port.Channel;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A channel or chat of Microsoft Teams, by a workflow of Power Automate. The workflow says that it took a message before it
 * posts the card, so nothing more is seen than that it was handed over.
 */
public final class Teams implements Channel {
    /** Power Automate's codes, such as {@code WorkflowTriggerIsNotEnabled}. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,80}");

    private static final Hook.Reader WORKFLOW = new Hook.Reader() {
        /** A workflow says nothing more than that it took it: a page is that of a proxy, or of a log-in. */
        @Override
        public boolean takes(Answer.Answered answer) {
            return !answer.body().stripLeading().startsWith("<");
        }

        @Override
        public String said(Answer.Answered answer) {
            return code(answer);
        }
    };

    private final Hook hook;

    /** Opens nothing. */
    public Teams(Hook hook) {
        this.hook = hook;
    }

    @Override
    public String name() {
        return "teams";
    }

    @Override
    public Sending send(Dispatch dispatch) throws InterruptedException {
        return hook.post(preview(dispatch), Map.of(), dispatch.recipient(), null, dispatch.leave(), WORKFLOW);
    }

    /** The code alone: the text beside it repeats parts of the address. */
    private static String code(Answer.Answered answer) {
        try {
            String code = JsonMapper.shared()
                    .readTree(answer.body())
                    .path("error")
                    .path("code")
                    .asString("");
            return CODE.matcher(code).matches() ? code : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    @Override
    public String preview(Dispatch dispatch) {
        return TeamsCard.of(dispatch.message());
    }

    @Override
    public void close() {
        hook.close();
    }
}
