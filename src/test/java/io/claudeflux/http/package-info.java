/** What the client says on the wire, and how it gets on with HTTP servers that are nobody's fixture. */
@NullMarked
package io.claudeflux.http;

import org.jspecify.annotations.NullMarked;
