package io.claudeflux.message;

import java.util.Objects;

/** The form an answer must have. Source: {@code output_config.format}. */
public sealed interface OutputFormat {
    /**
     * The form's name on the wire.
     *
     * @return the {@code type}; empty for an unknown form without one
     */
    String type();

    /**
     * JSON of a schema.
     *
     * @param schema a JSON schema
     * @param extra the fields this version does not know, as one JSON object
     */
    record JsonSchemaFormat(Json schema, Json extra) implements OutputFormat {
        /** The name on the wire. */
        public static final String TYPE = "json_schema";

        /**
         * Takes any schema.
         *
         * @throws NullPointerException if an argument is null
         */
        public JsonSchemaFormat {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(extra, "extra");
        }

        /**
         * JSON of a schema, without further fields.
         *
         * @param schema a JSON schema
         */
        public JsonSchemaFormat(Json schema) {
            this(schema, Json.emptyObject());
        }

        @Override
        public String type() {
            return TYPE;
        }
    }

    /**
     * A form this version does not know.
     *
     * @param type its name on the wire; empty if it has none
     * @param raw the whole object
     */
    record UnknownOutputFormat(String type, Json raw) implements OutputFormat {
        /**
         * Takes any form.
         *
         * @throws NullPointerException if an argument is null
         */
        public UnknownOutputFormat {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(raw, "raw");
        }
    }
}
