/** What is measured, against what, and how to rerun it is in this module's README.md. */
package io.keyturn.bench;
