package io.keyturn.core.model;

/** A partition of AWS, such as {@code aws}, {@code aws-cn} or {@code aws-us-gov}: the second part of every ARN. */
public record Partition(String id) {
    /** The commercial partition. */
    public static final Partition AWS = new Partition("aws");

    public Partition {
        if (!id.startsWith("aws")) {
            throw new IllegalArgumentException("a partition begins with \"aws\", not \"" + id + "\"");
        }
    }

    /** The partition an ARN belongs to. */
    public static Partition ofArn(String arn) {
        String[] parts = arn.split(":", 3);
        if (parts.length < 3 || !parts[0].equals("arn")) {
            throw new IllegalArgumentException("not an ARN: \"" + arn + "\"");
        }
        return new Partition(parts[1]);
    }

    @Override
    public String toString() {
        return id;
    }
}
