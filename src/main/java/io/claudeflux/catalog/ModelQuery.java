package io.claudeflux.catalog;

import java.util.List;

/**
 * Which models to list, and how many at a time.
 *
 * @param pageSize how many models come with one request; 1 to 1,000, 100 by default
 * @param lifecycles only models that stand there; empty for the server's choice, which leaves out retired ones
 */
public record ModelQuery(int pageSize, List<ModelLifecycle> lifecycles) {
    private static final int MOST = 1_000;
    private static final ModelQuery DEFAULTS = new ModelQuery(100, List.of());

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if the page size is out of range
     * @throws NullPointerException if the list or one of its values is null
     */
    public ModelQuery {
        if (pageSize < 1 || pageSize > MOST) {
            throw new IllegalArgumentException("pageSize must be from 1 to " + MOST + " but was " + pageSize);
        }
        lifecycles = List.copyOf(lifecycles);
    }

    /**
     * All models that are served, deprecated ones included.
     *
     * @return the query that most want
     */
    public static ModelQuery served() {
        return DEFAULTS;
    }

    /**
     * All models the server knows, retired ones included.
     *
     * @return the query
     */
    public static ModelQuery all() {
        return DEFAULTS.withLifecycles(ModelLifecycle.ACTIVE, ModelLifecycle.DEPRECATED, ModelLifecycle.RETIRED);
    }

    /**
     * Sets how many models come with one request.
     *
     * @param size 1 to 1,000
     * @return a copy
     */
    public ModelQuery withPageSize(int size) {
        return new ModelQuery(size, lifecycles);
    }

    /**
     * Sets which models to list.
     *
     * @param only those that stand there; none for the server's choice
     * @return a copy
     */
    public ModelQuery withLifecycles(ModelLifecycle... only) {
        return new ModelQuery(pageSize, List.of(only));
    }
}
