package io.claudeflux.internal.json;

import io.claudeflux.message.Json;
import io.claudeflux.message.OutputFormat;
import io.claudeflux.message.OutputFormat.JsonSchemaFormat;
import io.claudeflux.message.OutputFormat.UnknownOutputFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The form an answer must have, in both directions. */
final class OutputFormats {
    private static final Union<OutputFormat> UNION = new Union<>(
            List.of(new Codec<>(
                    JsonSchemaFormat.TYPE,
                    JsonSchemaFormat.class,
                    fields -> new JsonSchemaFormat(fields.required("schema"), fields.rest()),
                    (out, format) -> out.json("schema", format.schema()).rest(format.extra()))),
            UnknownOutputFormat::new,
            format -> format instanceof UnknownOutputFormat unknown ? unknown.raw() : null);

    private OutputFormats() {}

    static OutputFormat read(Json json) {
        return UNION.readAny(json);
    }

    static void write(JsonGenerator out, OutputFormat format) {
        UNION.write(out, format);
    }
}
