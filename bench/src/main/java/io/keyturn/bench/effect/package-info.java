/** A simulated year of people and machines under Keyturn and under each of the four tools it takes the place of. */
@NullMarked
package io.keyturn.bench.effect;

import org.jspecify.annotations.NullMarked;
