package io.claudeflux.internal.preflight;

import io.claudeflux.catalog.Capabilities;
import io.claudeflux.catalog.Capability;
import io.claudeflux.catalog.ModelInfo;
import io.claudeflux.error.Finding.Severity;
import io.claudeflux.message.ContentBlock;
import io.claudeflux.message.DocumentBlock;
import io.claudeflux.message.ImageBlock;
import io.claudeflux.message.MediaSource;
import io.claudeflux.message.MessageRequest;
import io.claudeflux.message.OutputConfig;
import io.claudeflux.message.ToolResultBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server itself told of the model that is asked: how much it writes, what it reads, how it thinks. Only a
 * clear no counts; what was not said says nothing here.
 */
final class CapabilityRules {
    private static final String SOURCE = "what GET /v1/models told this client of the model";

    private static final Rule RETIRED =
            new Rule("a retired model is not served", "ask one that GET /v1/models lists as active", SOURCE);
    private static final Rule MAX_TOKENS =
            new Rule("max_tokens is at most what the model can write", "lower it", SOURCE);
    private static final Rule THINKING = new Rule(
            "the model has this mode of thinking", "use one that its capabilities list, or leave it out", SOURCE);
    private static final Rule EFFORT =
            new Rule("the model takes this effort", "use one that its capabilities list, or leave it out", SOURCE);
    private static final Rule FORMAT =
            new Rule("the model answers in the form of a schema", "ask another model, or for JSON in words", SOURCE);
    private static final Rule IMAGE =
            new Rule("the model reads images", "ask another model, or leave the image out", SOURCE);
    private static final Rule PDF =
            new Rule("the model reads PDF documents", "ask another model, or send the document's text", SOURCE);
    private static final Rule CITATIONS =
            new Rule("the model cites documents", "ask another model, or turn citations off", SOURCE);

    private CapabilityRules() {}

    static void check(Inspected inspected, Findings findings) {
        ModelInfo model = inspected.terms().model();
        if (model == null) {
            return;
        }
        lifecycle(model, inspected, findings);
        length(model, inspected, findings);
        Capabilities known = model.capabilities();
        if (known != null) {
            modes(known, inspected, findings);
            content(known, inspected, findings);
        }
    }

    private static void lifecycle(ModelInfo model, Inspected inspected, Findings findings) {
        String shown = "is " + Findings.shown(inspected.request().model());
        if (model.isRetired()) {
            findings.refuse("model", shown + ", which is retired", RETIRED);
        } else if (model.isDeprecated()) {
            String end = model.retiresAt() == null ? "" : " and retires at " + model.retiresAt();
            Rule rule = new Rule("a deprecated model is served until it retires", "move to a newer model", SOURCE);
            findings.warn("model", shown + ", which is deprecated" + end, rule);
        }
    }

    /** Betas that allow longer answers begin like this. */
    private static void length(ModelInfo model, Inspected inspected, Findings findings) {
        Long most = model.maxTokens();
        int asked = inspected.request().maxTokens();
        if (most != null && most > 0 && asked > most) {
            Severity severity = inspected.terms().hasBeta("output-") ? Severity.WARNING : Severity.REFUSED;
            findings.add(severity, "max_tokens", "is " + asked + ", and the model writes at most " + most, MAX_TOKENS);
        }
    }

    private static void modes(Capabilities known, Inspected inspected, Findings findings) {
        MessageRequest request = inspected.request();
        if (request.thinking() != null
                && isDenied(known.thinking(request.thinking().type()).orElse(null))) {
            String problem = "is " + Findings.shown(request.thinking().type()) + ", which the model does not support";
            findings.refuse("thinking.type", problem, THINKING);
        }
        OutputConfig output = request.outputConfig();
        if (output == null) {
            return;
        }
        if (output.effort() != null && isDenied(known.effort(output.effort()).orElse(null))) {
            String problem = "is " + Findings.shown(output.effort().value()) + ", which the model does not support";
            findings.refuse("output_config.effort", problem, EFFORT);
        }
        if (output.format() != null && isDenied(known.structuredOutputs())) {
            Severity severity = inspected.terms().hasBeta("structured-outputs-") ? Severity.WARNING : Severity.REFUSED;
            findings.add(severity, "output_config.format", "is set, which the model does not support", FORMAT);
        }
    }

    private static void content(Capabilities known, Inspected inspected, Findings findings) {
        if (!isDenied(known.imageInput()) && !isDenied(known.pdfInput()) && !isDenied(known.citations())) {
            return;
        }
        for (Turn turn : inspected.turns()) {
            for (Block block : turn.blocks()) {
                block(known, block.content(), block.path(), findings);
            }
        }
    }

    private static void block(Capabilities known, ContentBlock content, String path, Findings findings) {
        if (content instanceof ImageBlock && isDenied(known.imageInput())) {
            findings.refuse(path, "is an image, which the model does not read", IMAGE);
        } else if (content instanceof DocumentBlock document) {
            if (isPdf(document.source()) && isDenied(known.pdfInput())) {
                findings.refuse(path, "is a PDF document, which the model does not read", PDF);
            }
            if (Boolean.TRUE.equals(document.citations()) && isDenied(known.citations())) {
                findings.refuse(path + ".citations", "is on, and the model does not cite", CITATIONS);
            }
        } else if (content instanceof ToolResultBlock result) {
            List<ContentBlock> inner = result.content();
            for (int i = 0; i < inner.size(); i++) {
                block(known, inner.get(i), path + ".content[" + i + "]", findings);
            }
        }
    }

    /** A document behind an address is a PDF; what a file is, its id does not say. */
    private static boolean isPdf(MediaSource source) {
        return source instanceof MediaSource.Url
                || (source instanceof MediaSource.Inline inline
                        && inline.mediaType().equals("application/pdf"));
    }

    private static boolean isDenied(@Nullable Capability capability) {
        return capability != null && capability.isDenied();
    }
}
