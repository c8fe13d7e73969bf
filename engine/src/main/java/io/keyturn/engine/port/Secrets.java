package io.keyturn.engine.port;

/** Finds secrets where their references say, each when it is first asked for and only once. */
public interface Secrets extends AutoCloseable {
    /**
     * The secret itself.
     *
     * @throws SecretFailure where it is not there or cannot be had; told anew each time it is asked for
     */
    Secret find(SecretReference reference) throws SecretFailure;

    @Override
    void close();
}
