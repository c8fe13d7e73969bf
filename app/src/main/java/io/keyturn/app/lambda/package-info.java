/** The door of AWS Lambda: events in, answers and JSON logs out; what it does is what the command line does. */
@NullMarked
package io.keyturn.app.lambda;

import org.jspecify.annotations.NullMarked;
