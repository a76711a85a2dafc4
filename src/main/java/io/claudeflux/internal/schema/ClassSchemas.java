package io.claudeflux.internal.schema;

import io.claudeflux.error.ConfigurationException;
import io.claudeflux.message.Json;
import java.lang.reflect.Type;

/** The schema of a Java type, if the library that makes it is there. */
public final class ClassSchemas {
    /** Where the build says so too. */
    static final String VERSION = "5.0.0";

    private ClassSchemas() {}

    /**
     * Makes the schema of a type; anew each time, which takes some milliseconds.
     *
     * @param type a record, a bean, or one of them with its type arguments
     * @return its schema
     * @throws ConfigurationException if a library is missing, or the type has no schema that the API accepts
     */
    public static Json of(Type type) {
        try {
            return new Generation().schemaOf(type);
        } catch (LinkageError missing) {
            String what = String.valueOf(missing.getMessage()).replace('/', '.');
            if (!what.contains("com.github.victools") && !what.contains("com.fasterxml.classmate")) {
                throw missing;
            }
            throw new ConfigurationException(
                    "schema",
                    "a schema cannot be made from " + type.getTypeName() + ", for an optional library is missing or has"
                            + " another version: add com.github.victools:jsonschema-generator:" + VERSION
                            + " and com.github.victools:jsonschema-module-jackson:" + VERSION
                            + " to the class path, or write the schema by hand with JsonSchema.of(Json)",
                    missing);
        }
    }
}
