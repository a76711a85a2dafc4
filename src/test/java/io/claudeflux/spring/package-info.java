/** Tests of the integration with Spring Boot; they run on both of its lines. */
@NullMarked
package io.claudeflux.spring;

import org.jspecify.annotations.NullMarked;
