/** Spring Boot. */
@NullMarked
package io.claudeflux.spring;

import org.jspecify.annotations.NullMarked;
