package io.keyturn.bench.effect;

/** What watches over the keys: it runs once a day. */
interface Tool {
    String name();

    /** One run, on the day of that number. */
    void run(int day) throws Exception;

    /** Whether the secret of a key that it made can still be fetched. */
    boolean holds(String key);
}
