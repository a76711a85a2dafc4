package io.claudeflux.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.claudeflux.gate.violation.HangingFixture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

class TimeLimitTests {
    @Test
    void aHangIsKilledEvenIfItDoesNotHeedAnInterrupt() {
        long begun = System.nanoTime();

        assertThat(FixtureRun.failuresOf(HangingFixture.class)).singleElement().isInstanceOf(TimeoutException.class);
        assertThat(System.nanoTime() - begun).isLessThan(10_000_000_000L);
    }

    @Test
    @ExtendWith(Configuration.class)
    void everyTestHasALimitByDefault(ExtensionContext context) {
        assertThat(context.getConfigurationParameter("junit.jupiter.execution.timeout.default"))
                .contains("60 s");
    }

    /** Hands a test its own context. */
    static final class Configuration implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ExtensionContext.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context;
        }
    }
}
