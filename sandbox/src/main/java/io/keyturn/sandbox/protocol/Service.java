package io.keyturn.sandbox.protocol;

/** One AWS service behind the door. */
public interface Service {
    /** The body of the answer; for the Query protocol what stands inside {@code <ActionResult>}. */
    String answer(Call call);

    /** Whether it speaks JSON 1.1 and not the Query protocol. */
    boolean json();

    /** The XML namespace of its answers. */
    String namespace();
}
