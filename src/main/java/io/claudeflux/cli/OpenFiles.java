package io.claudeflux.cli;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** How many files and sockets a process may have open, which is what limits connections first. */
final class OpenFiles {
    /** For jars, selectors, pipes and what the system takes. */
    private static final int OTHERS = 100;

    private OpenFiles() {}

    /** Why there cannot be so many connections; null if there can, or if the system does not tell. */
    static @Nullable String complaint(int connections) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            long open = ((Number) beans.getAttribute(system, "OpenFileDescriptorCount")).longValue();
            long most = ((Number) beans.getAttribute(system, "MaxFileDescriptorCount")).longValue();
            return complaint(connections, open, most);
        } catch (JMException notUnix) {
            return null;
        }
    }

    static @Nullable String complaint(int connections, long open, long most) {
        long needed = connections + open + OTHERS;
        return needed <= most
                ? null
                : connections + " connections need " + needed + " open files in each of two processes, but only " + most
                        + " are allowed (ulimit -n); allow more, or ask for fewer --streams or --permits";
    }
}
