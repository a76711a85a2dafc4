package io.claudeflux.internal.preflight;

/** The model's id. Never refused: the server knows its models, and gateways have names of their own. */
final class ModelRules {
    private static final Rule RETIRED = new Rule(
            "the API does not serve retired models, though other platforms may",
            "ask one that GET /v1/models lists",
            KnownModels.DEPRECATIONS);

    private ModelRules() {}

    static void check(Inspected inspected, Findings findings) {
        String model = inspected.request().model();
        String shown = "is " + Findings.shown(model);
        String retires = KnownModels.retires(model);
        if (KnownModels.isRetired(model)) {
            findings.warn("model", shown + ", which is retired", RETIRED);
        } else if (retires != null) {
            findings.warn(
                    "model",
                    shown + ", which is deprecated and retires on " + retires,
                    new Rule(
                            "after that day the API does not serve it, though other platforms may",
                            "move to a newer model",
                            KnownModels.DEPRECATIONS));
        } else {
            ModelNames.nearest(model)
                    .ifPresent(nearest -> findings.warn(
                            "model",
                            shown + ", which this version does not know",
                            new Rule(
                                    "a model has the id that GET /v1/models lists",
                                    "the nearest id is " + nearest + ", if you did not mean another",
                                    KnownModels.SOURCE)));
        }
    }
}
