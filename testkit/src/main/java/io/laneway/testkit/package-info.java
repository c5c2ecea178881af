/** Tools of the tests of several modules. Those of one module are in its own {@code testkit} package. */
@org.jspecify.annotations.NullMarked
package io.laneway.testkit;
