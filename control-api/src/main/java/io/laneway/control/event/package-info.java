/**
 * What people watch: revisions, rows of the overview, plans, gateways, findings and traffic as server-sent events, made
 * once for all readers. Revisions come in from the editor, the rest is looked at while there are readers.
 */
@NullMarked
package io.laneway.control.event;

import org.jspecify.annotations.NullMarked;
